"""Runs the source of the function that leads requests to a version, with a Lambda that is made up: steps in, what is live out."""
import io, json, sys, types, urllib.request

given = json.load(sys.stdin)
calls = []


class ClientError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {'Error': {'Code': code}}




def sha(code):
    return 'sha-' + code


class Lambda:
    """Versions as Lambda keeps them: of `$LATEST`, none where nothing has changed since the last, each with its settings for good."""

    def __init__(self):
        self.latest = None
        self.versions = []
        self.alias = {'FunctionVersion': '$LATEST', 'RevisionId': '0'}
        self.provisioned = True
        self.failing = {}

    def called(self, name):
        calls.append(name)
        codes = self.failing.get(name, [])
        if codes:
            code = codes.pop(0)
            raise ClientError(code)

    def of(self, version):
        return self.latest if version == '$LATEST' else self.versions[int(version) - 1]

    def configuration(self, version):
        of = self.of(version)
        return {**of['settings'], 'CodeSha256': sha(of['code']), 'Architectures': ['arm64'], 'Version': version, 'LastModified': str(len(calls))}

    def get_waiter(self, name):
        assert name in ('function_updated_v2', 'published_version_active'), name
        return types.SimpleNamespace(wait=lambda **of: self.called(name))

    def get_alias(self, FunctionName, Name):
        assert Name == 'live'
        return dict(self.alias)

    def get_function_configuration(self, FunctionName):
        return self.configuration('$LATEST')

    def get_function(self, FunctionName, Qualifier):
        code = self.of(Qualifier)['code']
        where = {'RepositoryType': 'ECR', 'ResolvedImageUri': code} if code.startswith('image:') else {'RepositoryType': 'S3', 'Location': 'https://code/' + code}
        return {'Configuration': self.configuration(Qualifier), 'Code': where}

    def update_function_code(self, FunctionName, Architectures, ZipFile=None, ImageUri=None):
        assert Architectures == ['arm64']
        self.called('update_function_code')
        self.latest = {**self.latest, 'code': ImageUri or ZipFile.decode()}

    def publish_version(self, FunctionName, CodeSha256):
        self.called('publish_version')
        if CodeSha256 != sha(self.latest['code']):
            raise ClientError('InvalidParameterValueException')
        if not self.versions or self.versions[-1] != self.latest:
            self.versions.append(self.latest)
        return {'Version': str(len(self.versions))}

    def update_alias(self, FunctionName, Name, FunctionVersion, RevisionId):
        self.called('update_alias')
        if RevisionId != self.alias['RevisionId']:
            raise ClientError('PreconditionFailedException')
        self.lead(FunctionVersion)

    def lead(self, version):
        self.alias = {'FunctionVersion': version, 'RevisionId': str(int(self.alias['RevisionId']) + 1)}

    def delete_provisioned_concurrency_config(self, FunctionName, Qualifier):
        assert Qualifier == 'live'
        self.called('delete_provisioned_concurrency_config')
        self.provisioned = False


class Balancer:
    targets = []

    def register_targets(self, TargetGroupArn, Targets):
        self.targets.extend(Targets)

    def deregister_targets(self, TargetGroupArn, Targets):
        self.targets = [each for each in self.targets if each not in Targets]


fn, elb = Lambda(), Balancer()
answers = []
sys.modules['boto3'] = types.SimpleNamespace(client=lambda service: {'lambda': fn, 'elbv2': elb}[service])
sys.modules['botocore'] = types.ModuleType('botocore')
sys.modules['botocore.exceptions'] = types.SimpleNamespace(ClientError=ClientError)
sys.modules['cfnresponse'] = types.SimpleNamespace(
    SUCCESS='success', FAILED='failed',
    send=lambda event, context, status, data, physical, reason=None: answers.append({'status': status, 'id': physical, 'reason': reason}))
urllib.request.urlopen = lambda url: io.BytesIO(url.replace('https://code/', '').encode())

module = {}
exec(given['code'], module)
module['time'] = types.SimpleNamespace(time=lambda: len(calls), sleep=lambda seconds: calls.append('sleep'))
sys.stdout, out = io.StringIO(), sys.stdout

seen = []
for step in given['steps']:
    if 'stack' in step:
        fn.latest = {'code': step['stack'][0], 'settings': {'Environment': step['stack'][1]}}
    if 'upload' in step:
        fn.latest = {**fn.latest, 'code': step['upload']}
    if 'lead' in step:
        fn.lead(step['lead'])
    if 'fail' in step:
        fn.failing = step['fail']
    if 'event' in step:
        module['handler'](step['event'], None)
        version = fn.alias['FunctionVersion']
        live = fn.of(version) if fn.latest else {'code': None, 'settings': {'Environment': None}}
        seen.append({
            **answers[-1], 'version': version, 'live': [live['code'], live['settings']['Environment']],
            'targets': [each['Id'] for each in elb.targets], 'provisioned': fn.provisioned,
        })
json.dump({'seen': seen, 'calls': calls}, out)
