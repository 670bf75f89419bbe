"""What a viewer meets at ministack's edge otherwise than at CloudFront's: a function's raw query, the way to a VPC origin and to a bucket, and
a file that is missing."""

import json

from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_region
from ministack.services import cloudfront, s3

from .registry import replaces, uses

_POLICIES = uses(s3, '_bucket_policies')
_BUCKETS = uses(s3, '_buckets')
_VPC_ORIGINS = uses(cloudfront, '_vpc_origins')

# `rawQueryString()` is a method of the request in cloudfront-js-2.0; ministack hands over data alone. The order of names is lost.
_RAW_QUERY = b"""
;var withoutRawQuery = handler;
handler = function (event) {
  var query = event.request.querystring;
  event.request.rawQueryString = function () {
    return Object.keys(query).map(function (name) {
      var all = query[name].multiValue || [query[name]];
      return all.map(function (each) { return encodeURIComponent(name) + '=' + encodeURIComponent(each.value); }).join('&');
    }).join('&');
  };
  return withoutRawQuery(event);
};
"""


@replaces(cloudfront, 'live_function_code', ['function_arn'])
def live_function_code(ordinary, function_arn):
    code = ordinary(function_arn)
    return code if code is None else code + _RAW_QUERY


@replaces(cloudfront, '_dataplane_origin', ['origin_el'])
def dataplane_origin(ordinary, origin_el):
    """By which protocol and port a VPC origin is asked is its own affair, and not the viewer's."""
    origin = ordinary(origin_el)
    declared = cloudfront._find(origin_el, 'VpcOriginConfig')
    endpoint = _VPC_ORIGINS.get(cloudfront._text(declared, 'VpcOriginId') if declared is not None else '')
    if endpoint is None:
        return origin
    config = endpoint['VpcOriginEndpointConfig']
    return {**origin, 'protocol_policy': config['OriginProtocolPolicy'], 'http_port': config['HTTPPort'], 'https_port': config['HTTPSPort']}


@replaces(s3, '_cloudfront_origin_allows', ['owner', 'bucket_name', 'key', 'source_arn', 'oai_id'])
def cloudfront_origin_allows(ordinary, owner, bucket_name, key, source_arn, oai_id):
    """The edge asks a bucket by HTTPS: what a policy denies to others that do not is not denied to it."""
    policy = json.loads(_POLICIES.get_scoped(owner, None, bucket_name) or 'null')
    if not policy or oai_id or not source_arn:
        return ordinary(owner, bucket_name, key, source_arn, oai_id)
    context = EvalContext(
        principal_arn='*', principal_type='Service', principal_account='', action='s3:GetObject', resource_arn=f'arn:aws:s3:::{bucket_name}/{key}',
        region=get_region(), service_context={'aws:sourcearn': source_arn}, secure_transport=True,
    )
    return evaluate_resource_policy(json.dumps(policy), context, service='cloudfront.amazonaws.com').decision == 'Allow'


@replaces(s3, 'serve_cloudfront_origin_fetch', ['bucket_name', 'key', 'method', 'headers', 'source_arn', 'oai_id'])
def serve_cloudfront_origin_fetch(ordinary, bucket_name, key, method, headers, source_arn='', oai_id=''):
    """S3 tells whoever may list a bucket that an object is not there, and everybody else that it is forbidden."""
    answer = ordinary(bucket_name, key, method, headers, source_arn=source_arn, oai_id=oai_id)
    bucket = _BUCKETS.get(bucket_name)
    if answer[0] != 403 or bucket is None or key in bucket['objects'] or not _may_list(bucket_name, source_arn):
        return answer
    return s3._error('NoSuchKey', 'The specified key does not exist.', 404, f'/{bucket_name}/{key}')


def _may_list(bucket_name, distribution_arn):
    statements = json.loads(_POLICIES.get(bucket_name) or '{"Statement": []}')['Statement']
    return any(_lets_list(statement, distribution_arn) for statement in statements)


def _lets_list(statement, distribution_arn):
    actions = statement.get('Action', [])
    return (
        statement.get('Effect') == 'Allow'
        and 's3:ListBucket' in ([actions] if isinstance(actions, str) else actions)
        and (statement.get('Principal') or {}).get('Service') == 'cloudfront.amazonaws.com'
        and (statement.get('Condition') or {}).get('StringEquals', {}).get('AWS:SourceArn') == distribution_arn
    )
