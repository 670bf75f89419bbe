/** Name of the version that requests are led to. */
export const LIVE = 'live';

/** What the function does, by the property `Act`. */
export enum Act { GO_LIVE = 'go-live', REGISTER = 'register', STAND_READY = 'stand-ready' }

/**
 * Publishes a version and leads requests to it, registers it behind the balancer, and takes back what stood ready.
 *
 * A version is published of what is in `$LATEST`, and keeps the settings that it was published with. So each change of settings needs another version,
 * of the code that is live: when that is another one than in `$LATEST`, since somebody took a version back, it is put back there first. Every
 * call begins by looking at what there is: whatever was done before a failure is found done.
 */
export const GO_LIVE_CODE = `import time, urllib.request
import boto3, cfnresponse
from botocore.exceptions import ClientError

SETTINGS = ('Runtime', 'Role', 'Handler', 'Timeout', 'MemorySize', 'VpcConfig', 'Environment', 'Layers', 'FileSystemConfigs',
            'EphemeralStorage', 'LoggingConfig', 'Architectures', 'ImageConfigResponse', 'PackageType')
# Something else changes the function just now.
BUSY = ('ResourceConflictException', 'PreconditionFailedException', 'TooManyRequestsException')
fn = boto3.client('lambda')
elb = boto3.client('elbv2')

def go_live(props, old):
    name, alias = props['Function'], props['Alias']
    ready = lambda: fn.get_waiter('function_updated_v2').wait(FunctionName=name)
    ready()
    live = fn.get_alias(FunctionName=name, Name=alias)
    latest = fn.get_function_configuration(FunctionName=name)
    sha = latest['CodeSha256']
    same_code = props['Code'] == old.get('Code', props['Code'])
    if live['FunctionVersion'] != '$LATEST' and same_code:
        released = fn.get_function(FunctionName=name, Qualifier=live['FunctionVersion'])
        running = released['Configuration']
        if all(running.get(each) == latest.get(each) for each in SETTINGS):
            return
        if running['CodeSha256'] != sha:
            put_back(name, released['Code'], latest['Architectures'])
            ready()
            sha = running['CodeSha256']
    version = fn.publish_version(FunctionName=name, CodeSha256=sha)['Version']
    fn.get_waiter('published_version_active').wait(FunctionName=name, Qualifier=version)
    fn.update_alias(FunctionName=name, Name=alias, FunctionVersion=version, RevisionId=live['RevisionId'])

def put_back(name, code, architectures):
    if code.get('RepositoryType') == 'ECR':
        source = {'ImageUri': code['ResolvedImageUri']}
    else:
        with urllib.request.urlopen(code['Location']) as archive:
            source = {'ZipFile': archive.read()}
    fn.update_function_code(FunctionName=name, Architectures=architectures, **source)

def register(props, old):
    elb.register_targets(TargetGroupArn=props['TargetGroup'], Targets=[{'Id': props['Target']}])

def deregister(props, old):
    elb.deregister_targets(TargetGroupArn=props['TargetGroup'], Targets=[{'Id': props['Target']}])

def nothing(props, old):
    pass

def stand_down(props, old):
    try:
        fn.delete_provisioned_concurrency_config(FunctionName=props['Function'], Qualifier=props['Alias'])
    except ClientError as error:
        if error.response['Error']['Code'] not in ('ResourceNotFoundException', 'ProvisionedConcurrencyConfigNotFoundException'):
            raise

ACTS = {'go-live': (go_live, nothing), 'register': (register, deregister), 'stand-ready': (nothing, stand_down)}

def patiently(act, *given):
    end = time.time() + 600
    while True:
        try:
            return act(*given)
        except ClientError as error:
            if error.response['Error']['Code'] not in BUSY or time.time() > end:
                raise
            time.sleep(5)

def handler(event, context):
    props = event['ResourceProperties']
    known = ' '.join(props.get(each, '') for each in ('Act', 'TargetGroup', 'Target', 'Function'))
    try:
        act = ACTS[props['Act']][event['RequestType'] == 'Delete']
        patiently(act, props, event.get('OldResourceProperties', {}))
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {}, known)
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, known, reason=str(error))
`;
