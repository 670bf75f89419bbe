"""Runs the source of a site's release function with an S3 and a CloudFront that are made up: JSON in, JSON out."""
import contextlib, hashlib, io, json, os, sys, time, types

given = json.load(sys.stdin)
os.environ.update(given['environment'])
stored, calls, answers = {}, [], []
state = {'now': 0.0, 'failAt': None, 'beforeState': {}}


class ClientError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {'Error': {'Code': code}}


class S3:
    """As S3 answers: conditions on the key's tag, a head without a body, pages of 2 keys."""

    def head_object(self, Bucket, Key):
        if Key not in stored:
            raise ClientError('404')
        return {'Metadata': stored[Key]['Metadata'], 'ETag': stored[Key]['ETag']}

    def get_object(self, Bucket, Key):
        if Key not in stored:
            raise ClientError('NoSuchKey')
        return {'Body': io.BytesIO(stored[Key]['Body']), 'ETag': stored[Key]['ETag']}

    def put_object(self, Bucket, Key, Body, ContentType='', CacheControl='', Metadata={}, IfMatch=None, IfNoneMatch=None):
        if state['failAt'] == Key:
            raise RuntimeError(f'broke at {Key}')
        if Key in state['beforeState']:
            stored[Key] = entry(state['beforeState'].pop(Key).encode())
        tag = stored[Key]['ETag'] if Key in stored else None
        if (IfNoneMatch == '*' and tag is not None) or (IfMatch is not None and IfMatch != tag):
            raise ClientError('PreconditionFailed')
        stored[Key] = {**entry(Body), 'ContentType': ContentType, 'CacheControl': CacheControl, 'Metadata': Metadata}
        calls.append(f'put {Key}')
        return {'ETag': stored[Key]['ETag']}

    def delete_objects(self, Bucket, Delete):
        assert 1 <= len(Delete['Objects']) <= 1000
        for each in Delete['Objects']:
            stored.pop(each['Key'], None)
            calls.append(f"delete {each['Key']}")

    def get_paginator(self, operation):
        assert operation == 'list_objects_v2'
        return types.SimpleNamespace(paginate=self.pages)

    def pages(self, Bucket, Prefix):
        keys = sorted(key for key in stored if key.startswith(Prefix))
        for start in range(0, max(1, len(keys)), 2):
            yield {'Contents': [{'Key': key} for key in keys[start:start + 2]]} if keys else {}


def entry(body):
    return {'Body': body, 'ETag': hashlib.md5(body).hexdigest(), 'ContentType': '', 'CacheControl': '', 'Metadata': {}}


class CloudFront:
    def create_invalidation(self, DistributionId, InvalidationBatch):
        items = InvalidationBatch['Paths']['Items']
        assert InvalidationBatch['Paths']['Quantity'] == len(items)
        calls.append(f"renew {DistributionId} {' '.join(items)}")


def client(service):
    return {'s3': S3, 'cloudfront': CloudFront}[service]()


def send(event, context, status, data, physical, reason=None):
    answers.append({'status': status, 'reason': reason})


sys.modules['boto3'] = types.SimpleNamespace(client=client)
sys.modules['cfnresponse'] = types.SimpleNamespace(send=send, SUCCESS='SUCCESS', FAILED='FAILED')
sys.modules['botocore'] = types.ModuleType('botocore')
sys.modules['botocore.exceptions'] = types.SimpleNamespace(ClientError=ClientError)
time.time = lambda: state['now']

module, steps = {}, []
with contextlib.redirect_stdout(io.StringIO()):
    exec(given['code'], module)
    for step in given['steps']:
        calls.clear()
        answers.clear()
        state.update(now=step.get('day', 0) * 86400.0, failAt=step.get('failAt'), beforeState=dict(step.get('beforeState', {})))
        if 'environment' in step:
            os.environ.update(step['environment'])
            exec(given['code'], module)
        for key, body in step.get('upload', {}).items():
            stored[key] = entry(body.encode())
        outcome = {}
        if 'event' in step:
            try:
                outcome['answer'] = module['handler'](step['event'], None)
            except Exception as error:
                outcome['error'] = str(error)
        steps.append({**outcome, 'sent': list(answers), 'calls': list(calls), 'live': {
            key: value['Body'].decode() for key, value in sorted(stored.items()) if key.startswith('live/')}})
json.dump({'steps': steps, 'stored': {key: {name: value[name] for name in ('ContentType', 'CacheControl')} for key, value in stored.items()}}, sys.stdout)
