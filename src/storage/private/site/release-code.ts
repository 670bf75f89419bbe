/** Where the team puts its builds, each below a prefix of its own. */
export const BUILDS = 'builds';
/** What the edge serves. */
export const LIVE = 'live';
/** What was released when. */
export const STATE = 'state.json';

/**
 * Releases a build of a site, in this order: files of new names, the record of the release, files of old names with another content, the
 * first document at last. Until then all users have the old release, and whoever keeps a page of it open still gets its files.
 *
 * Two releases at one time: the record is written on condition that nobody else has, so that the second one fails before users see any of it.
 * One that dies on its way is repeated: the record says what is served, too, so that a way back that died is ended and not walked twice.
 *
 * Nothing is concluded from the names of files: whether one changed is told by its content, and what browsers keep for a year is refused
 * when its content would change under its name.
 */
export const RELEASE_CODE = `import boto3, cfnresponse, hashlib, json, mimetypes, os, re, time
from botocore.exceptions import ClientError
from urllib.parse import quote

BUCKET, ROOT, DISTRIBUTION = os.environ['BUCKET'], os.environ['ROOT'], os.environ['DISTRIBUTION']
HASHED, KEPT_DAYS = json.loads(os.environ['HASHED']), int(os.environ['KEPT_DAYS'])
DAY = 86400
TYPES = {'.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.json': 'application/json',
         '.svg': 'image/svg+xml', '.webp': 'image/webp', '.avif': 'image/avif', '.woff2': 'font/woff2', '.woff': 'font/woff',
         '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json', '.map': 'application/json', '.ico': 'image/x-icon'}
s3, cloudfront = boto3.client('s3'), boto3.client('cloudfront')

class Refused(Exception):
    pass

def code_of(error):
    return error.response['Error']['Code']

def keys_below(prefix):
    pages = s3.get_paginator('list_objects_v2').paginate(Bucket=BUCKET, Prefix=prefix)
    keys = [found['Key'][len(prefix):] for page in pages for found in page.get('Contents', [])]
    return {key for key in keys if key != '' and not key.endswith('/')}

def live(path):
    return '${LIVE}' + ROOT + '/' + path

def build(name, path=''):
    return '${BUILDS}/' + name + '/' + path

def digest_of_live(path):
    try:
        return s3.head_object(Bucket=BUCKET, Key=live(path))['Metadata'].get('sha256', 'unknown')
    except ClientError as error:
        if code_of(error) in ('404', 'NoSuchKey', 'NotFound'):
            return None
        raise

def is_hashed(path):
    return not is_page(path) and any(path.startswith(folder) for folder in HASHED)

def is_page(path):
    return path.endswith('.html')

def put(path, body, digest):
    kept = 'public, max-age=31536000, immutable' if is_hashed(path) else 'public, max-age=0, s-maxage=300, must-revalidate'
    extension = os.path.splitext(path)[1].lower()
    kind = TYPES.get(extension) or mimetypes.guess_type(path)[0] or 'application/octet-stream'
    charset = '; charset=utf-8' if kind in ('text/html', 'text/css', 'text/javascript', 'text/plain', 'application/json') else ''
    s3.put_object(Bucket=BUCKET, Key=live(path), Body=body, ContentType=kind + charset, CacheControl=kept, Metadata={'sha256': digest})

def body_of(name, path):
    return s3.get_object(Bucket=BUCKET, Key=build(name, path))['Body'].read()

def read_state():
    try:
        answer = s3.get_object(Bucket=BUCKET, Key='${STATE}')
        return json.loads(answer['Body'].read()), answer['ETag']
    except ClientError as error:
        if code_of(error) == 'NoSuchKey':
            return {'history': [], 'until': {}, 'served': None, 'back': False}, None
        raise

def write_state(state, tag):
    unchanged = {'IfNoneMatch': '*'} if tag is None else {'IfMatch': tag}
    try:
        return s3.put_object(Bucket=BUCKET, Key='${STATE}', Body=json.dumps(state).encode(), ContentType='application/json', **unchanged)['ETag']
    except ClientError as error:
        if code_of(error) in ('PreconditionFailed', 'ConditionalRequestConflict', '412', '409'):
            raise Refused('another release was made at the same time: look at it, then run this one again')
        raise

def sort_out(name):
    files = keys_below(build(name))
    if 'index.html' not in files:
        raise Refused('build ' + repr(name) + ' has no index.html at its top: upload what the build wrote, not its folder, to s3://' + BUCKET + '/' + build(name))
    new, changed = {}, {}
    for path in files:
        digest, before = hashlib.sha256(body_of(name, path)).hexdigest(), digest_of_live(path)
        if before != digest:
            (new if before is None else changed)[path] = digest
    taken = sorted(path for path in changed if is_hashed(path))
    if taken:
        raise Refused('browsers keep ' + ', '.join(taken[:5]) + ' for a year, and build ' + repr(name) + ' has another content under the same name: have the build name files by their content, or move these out of ' + ', '.join(HASHED))
    return files, new, changed

def switch(name, state, tag):
    files, new, changed = sort_out(name)
    for path in sorted(path for path in new if not is_page(path)):
        put(path, body_of(name, path), new[path])
    tag = write_state(state, tag)
    rest = {**changed, **{path: digest for path, digest in new.items() if is_page(path)}}
    for path in sorted(rest, key=lambda path: (path == 'index.html', is_page(path), path)):
        put(path, body_of(name, path), rest[path])
    gone = {path for path in keys_below(live('')) if is_page(path) and path not in files}
    forget([live(path) for path in gone])
    renewed = sorted({*rest, *gone})
    invalidate(renewed)
    write_state({**state, 'served': name, 'back': False}, tag)
    return {'current': name, 'new': len(new), 'changed': len(changed), 'invalidated': renewed[:20]}

def invalidate(paths):
    if paths:
        items = [ROOT + '/' + quote(path) for path in paths] if len(paths) <= 1000 else [ROOT + '/*']
        batch = {'Paths': {'Quantity': len(items), 'Items': items}, 'CallerReference': str(time.time_ns())}
        cloudfront.create_invalidation(DistributionId=DISTRIBUTION, InvalidationBatch=batch)

def forget(keys):
    for start in range(0, len(keys), 1000):
        s3.delete_objects(Bucket=BUCKET, Delete={'Objects': [{'Key': key} for key in keys[start:start + 1000]], 'Quiet': True})

def tidy(state, over):
    asked = {live(path) for name in {*state['history'], *state['until']} for path in keys_below(build(name))}
    forget([build(name, path) for name in over for path in keys_below(build(name))])
    forget(['${LIVE}/' + key for key in keys_below('${LIVE}/') if '${LIVE}/' + key not in asked])

def release(name, taken_back=False):
    if not re.fullmatch('[A-Za-z0-9][A-Za-z0-9._-]{0,99}', name):
        raise Refused('a release is named by at most 100 letters, digits, dots, dashes and underscores, got ' + repr(name))
    state, tag = read_state()
    history, until, now = state['history'], state['until'], time.time()
    if taken_back:
        until[history.pop()] = now
    elif history[-1:] != [name]:
        until.update({each: now for each in history[-1:]})
        history.append(name)
    until.pop(name, None)
    over = sorted(each for each in until if until[each] <= now - KEPT_DAYS * DAY and each not in history[-2:])
    left = {**state, 'back': taken_back, 'history': [each for each in history if each not in over], 'until': {each: until[each] for each in until if each not in over}}
    answer = switch(name, left, tag)
    tidy(left, over)
    return {**answer, 'forgotten': over}

def take_back():
    state, _ = read_state()
    history = state['history']
    if state['back']:
        return release(history[-1])
    if len(history) < 2:
        raise Refused('there is no release before this one: release another build')
    return release(history[-2], taken_back=True)

def first(page):
    history = read_state()[0]['history']
    if history:
        return release(history[-1])
    try:
        s3.put_object(Bucket=BUCKET, Key=live('index.html'), Body=page.encode(), ContentType='text/html; charset=utf-8', CacheControl='public, max-age=0, s-maxage=1', IfNoneMatch='*')
    except ClientError as error:
        if code_of(error) not in ('PreconditionFailed', '412'):
            raise

def handler(event, context):
    if 'RequestType' not in event:
        if event.get('takeBack') is True:
            return take_back()
        if isinstance(event.get('release'), str):
            return release(event['release'])
        state, _ = read_state()
        return {'current': state['served'], 'history': state['history']}
    try:
        if event['RequestType'] != 'Delete':
            first(event['ResourceProperties']['Page'])
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {}, BUCKET)
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, BUCKET, reason=str(error))
`;
