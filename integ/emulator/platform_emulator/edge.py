"""What a viewer meets at ministack's edge otherwise than at CloudFront's: a function's raw query, and a file that is missing."""

import json

from ministack.services import cloudfront, s3

from .registry import replaces, uses

_POLICIES = uses(s3, '_bucket_policies')
_BUCKETS = uses(s3, '_buckets')

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
