from conftest import SUBNETS, network

ROLE = 'arn:aws:iam::000000000000:role/app'


def function(**more):
    return network(
        Group={'Type': 'AWS::EC2::SecurityGroup', 'Properties': {'GroupDescription': 'app', 'VpcId': {'Ref': 'Vpc'}}},
        App={'Type': 'AWS::Lambda::Function', 'Properties': {
            'Role': ROLE, 'Runtime': 'python3.12', 'Handler': 'index.handler', 'Code': {'ZipFile': 'def handler(event, context): return event'},
            **more}},
    )


IN_VPC = {'SubnetIds': SUBNETS, 'SecurityGroupIds': [{'Ref': 'Group'}]}
MOUNTED = [{'Arn': 'arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-1', 'LocalMountPath': '/mnt/media'}]


def test_function_stands_in_its_subnets_with_its_files_and_leaves_them(aws, stack):
    assert stack.deploy(function(VpcConfig=IN_VPC, FileSystemConfigs=MOUNTED)) == 'CREATE_COMPLETE', stack.reasons()
    name = stack.id_of('App')
    found = aws('lambda').get_function_configuration(FunctionName=name)
    assert found['VpcConfig']['SubnetIds'] == [stack.id_of('SubnetA'), stack.id_of('SubnetB')]
    assert found['VpcConfig']['SecurityGroupIds'] == [stack.id_of('Group')]
    assert found['FileSystemConfigs'] == MOUNTED
    assert found['LastUpdateStatus'] == 'Successful'

    assert stack.deploy(function()) == 'UPDATE_COMPLETE', stack.reasons()
    found = aws('lambda').get_function_configuration(FunctionName=name)
    assert (found['VpcConfig']['SubnetIds'], found['FileSystemConfigs']) == ([], [])


def test_function_runs_as_often_at_once_as_declared(aws, stack):
    def at_once():
        return aws('lambda').get_function_concurrency(FunctionName=stack.id_of('App')).get('ReservedConcurrentExecutions')

    assert stack.deploy(function(ReservedConcurrentExecutions='7')) == 'CREATE_COMPLETE', stack.reasons()
    assert at_once() == 7
    assert stack.deploy(function(ReservedConcurrentExecutions=9)) == 'UPDATE_COMPLETE', stack.reasons()
    assert at_once() == 9
    assert stack.deploy(function()) == 'UPDATE_COMPLETE', stack.reasons()
    assert at_once() is None


def test_version_keeps_the_network_that_it_was_published_with(aws, stack):
    assert stack.deploy(function(VpcConfig=IN_VPC)) == 'CREATE_COMPLETE', stack.reasons()
    version = aws('lambda').publish_version(FunctionName=stack.id_of('App'))['Version']
    assert stack.deploy(function()) == 'UPDATE_COMPLETE', stack.reasons()
    found = aws('lambda').get_function_configuration(FunctionName=stack.id_of('App'), Qualifier=version)
    assert found['VpcConfig']['SecurityGroupIds'] == [stack.id_of('Group')]
