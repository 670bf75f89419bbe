"""One local AWS for the whole run, and a way to deploy a small template on it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import boto3
import pytest

EMULATOR = Path(__file__).resolve().parents[1]


def _free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


@pytest.fixture(scope='session')
def local_aws(tmp_path_factory):
    """The URL and the run folder of an emulator of the tests' own."""
    port, run = _free_port(), tmp_path_factory.mktemp('run')
    environment = {
        'PATH': os.environ['PATH'], 'HOME': os.environ.get('HOME', '/'), 'BIND_HOST': '127.0.0.1', 'GATEWAY_PORT': str(port),
        'IOT_MTLS_ENABLED': '0', 'SFTP_ENABLED': '0', 'LOCAL_AWS_RUN': str(run), 'TMPDIR': str(run),
        'PYTHONPATH': os.pathsep.join([str(EMULATOR), str(EMULATOR / 'lambda_modules')]),
    }
    with open(run / 'emulator.log', 'w') as log:
        process = subprocess.Popen([sys.executable, '-m', 'platform_emulator'], env=environment, cwd=run, stdout=log, stderr=log)
    try:
        _wait_until_healthy(f'http://127.0.0.1:{port}', process, run / 'emulator.log')
        yield f'http://127.0.0.1:{port}', run
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_healthy(url, process, log):
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f'{url}/_ministack/health')
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope='session')
def aws(local_aws):
    """aws('s3') is a client of the emulator."""
    clients = {}

    def client(service):
        if service not in clients:
            clients[service] = boto3.client(
                service, endpoint_url=local_aws[0], region_name='us-east-1', aws_access_key_id='000000000000',
                aws_secret_access_key='local')
        return clients[service]
    return client


class Stack:
    def __init__(self, cloudformation, name):
        self._api = cloudformation
        self.name = name

    def deploy(self, resources, **attributes):
        """Creates or updates the stack, and returns the status that it ends in."""
        template = json.dumps({'Resources': resources, **attributes})
        call = self._api.update_stack if self.exists() else self._api.create_stack
        call(StackName=self.name, TemplateBody=template, Capabilities=['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'])
        return self._wait()

    def delete(self):
        self._api.delete_stack(StackName=self.name)
        return self._wait()

    def exists(self):
        try:
            return self._api.describe_stacks(StackName=self.name)['Stacks'][0]['StackStatus'] != 'DELETE_COMPLETE'
        except self._api.exceptions.ClientError:
            return False

    def id_of(self, logical_id):
        found = self._api.describe_stack_resource(StackName=self.name, LogicalResourceId=logical_id)
        return found['StackResourceDetail']['PhysicalResourceId']

    def output(self, key):
        outputs = self._api.describe_stacks(StackName=self.name)['Stacks'][0]['Outputs']
        return next(each['OutputValue'] for each in outputs if each['OutputKey'] == key)

    def reasons(self):
        """What CloudFormation says went wrong."""
        events = self._api.describe_stack_events(StackName=self.name)['StackEvents']
        return [event['ResourceStatusReason'] for event in events if event['ResourceStatus'].endswith('FAILED')]

    def _wait(self):
        for _ in range(600):
            try:
                stack = self._api.describe_stacks(StackName=self.name)['Stacks'][0]
            except self._api.exceptions.ClientError:
                return 'DELETE_COMPLETE'
            if not stack['StackStatus'].endswith('IN_PROGRESS'):
                return stack['StackStatus']
            time.sleep(0.05)
        raise AssertionError(f'{self.name} never came to rest')


@pytest.fixture
def stack(aws):
    """An empty stack of the test's own, deleted after it."""
    made = Stack(aws('cloudformation'), f'test-{uuid.uuid4().hex[:8]}')
    yield made
    if made.exists():
        made.delete()


def network(**more):
    """A VPC with two subnets, which most types need."""
    return {
        'Vpc': {'Type': 'AWS::EC2::VPC', 'Properties': {'CidrBlock': '10.0.0.0/16'}},
        **{f'Subnet{zone.upper()}': {'Type': 'AWS::EC2::Subnet', 'Properties': {
            'VpcId': {'Ref': 'Vpc'}, 'CidrBlock': f'10.0.{index}.0/24', 'AvailabilityZone': f'us-east-1{zone}'}}
           for index, zone in enumerate('ab')},
        **more,
    }


SUBNETS = [{'Ref': 'SubnetA'}, {'Ref': 'SubnetB'}]
