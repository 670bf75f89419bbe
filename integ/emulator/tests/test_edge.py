import json
import urllib.error
import urllib.request

import pytest

CODE = """function handler(event) {
  var request = event.request;
  if (request.uri === '/old') return { statusCode: 302, headers: { location: { value: '/new?' + request.rawQueryString() } } };
  return request;
}"""


def site(may_list):
    statements = [('s3:GetObject', '/*'), *([('s3:ListBucket', '')] if may_list else [])]
    return {
        'Bucket': {'Type': 'AWS::S3::Bucket'},
        'Policy': {'Type': 'AWS::S3::BucketPolicy', 'Properties': {'Bucket': {'Ref': 'Bucket'}, 'PolicyDocument': {
            'Version': '2012-10-17', 'Statement': [{
                'Effect': 'Allow', 'Principal': {'Service': 'cloudfront.amazonaws.com'}, 'Action': action,
                'Resource': {'Fn::Sub': '${Bucket.Arn}' + below},
                'Condition': {'StringEquals': {'AWS:SourceArn': {'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Cdn}'}}},
            } for action, below in statements] + [{
                'Effect': 'Deny', 'Principal': {'AWS': '*'}, 'Action': 's3:*', 'Resource': {'Fn::Sub': '${Bucket.Arn}/*'},
                'Condition': {'Bool': {'aws:SecureTransport': 'false'}},
            }]}}},
        'Control': {'Type': 'AWS::CloudFront::OriginAccessControl', 'Properties': {'OriginAccessControlConfig': {
            'Name': f'site-{may_list}', 'OriginAccessControlOriginType': 's3', 'SigningBehavior': 'always', 'SigningProtocol': 'sigv4'}}},
        'Function': {'Type': 'AWS::CloudFront::Function', 'Properties': {
            'Name': f'site-{may_list}', 'AutoPublish': True, 'FunctionCode': CODE, 'FunctionConfig': {'Comment': '', 'Runtime': 'cloudfront-js-2.0'}}},
        'Cdn': {'Type': 'AWS::CloudFront::Distribution', 'Properties': {'DistributionConfig': {
            'Enabled': True,
            'Origins': [{'Id': 'site', 'DomainName': {'Fn::GetAtt': ['Bucket', 'RegionalDomainName']}, 'S3OriginConfig': {'OriginAccessIdentity': ''},
                         'OriginPath': '/live', 'OriginAccessControlId': {'Fn::GetAtt': ['Control', 'Id']}}],
            'DefaultCacheBehavior': {
                'TargetOriginId': 'site', 'ViewerProtocolPolicy': 'allow-all', 'CachePolicyId': '658327ea-f89d-4fab-a63d-7e88639e58f6',
                'FunctionAssociations': [{'EventType': 'viewer-request', 'FunctionARN': {'Fn::GetAtt': ['Function', 'FunctionARN']}}]}}}},
    }


class Untouched(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.fixture
def ask(local_aws, aws, stack):
    def asking(may_list, path):
        assert stack.deploy(site(may_list), Outputs={'Name': {'Value': {'Fn::GetAtt': ['Cdn', 'DomainName']}}}) == 'CREATE_COMPLETE', stack.reasons()
        aws('s3').put_object(Bucket=stack.id_of('Bucket'), Key='live/there.txt', Body=b'there')
        request = urllib.request.Request(f'{local_aws[0]}{path}', headers={'Host': stack.output('Name')})
        try:
            answer = urllib.request.build_opener(Untouched).open(request)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.read().decode(), dict(answer.headers)
    yield asking
    aws('s3').delete_object(Bucket=stack.id_of('Bucket'), Key='live/there.txt')


def test_a_file_that_is_there_is_answered_though_the_policy_wants_https(ask):
    assert ask(True, '/there.txt')[:2] == (200, 'there')


def test_a_file_that_is_missing_is_not_found_where_the_edge_may_list(ask):
    status, body, _ = ask(True, '/missing.txt')
    assert status == 404 and 'NoSuchKey' in body


def test_and_forbidden_where_it_may_not(ask):
    status, body, _ = ask(False, '/missing.txt')
    assert status == 403 and 'AccessDenied' in body


def test_a_function_reads_the_raw_query(ask):
    status, _, headers = ask(True, '/old?a=1&b=x%20y&a=%2F')
    assert status == 302
    assert sorted(headers['Location'].split('?')[1].split('&')) == ['a=%2F', 'a=1', 'b=x%20y']


def test_the_policy_of_the_bucket_names_the_distribution(aws, ask, stack):
    ask(True, '/there.txt')
    policy = json.loads(aws('s3').get_bucket_policy(Bucket=stack.id_of('Bucket'))['Policy'])
    assert policy['Statement'][0]['Condition']['StringEquals']['AWS:SourceArn'].endswith(stack.id_of('Cdn'))
