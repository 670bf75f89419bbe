"""Runs the source of an image's release function with an ECR, an ECS and a registry that are made up: JSON in, JSON out."""
import contextlib, gzip, hashlib, http.server, io, json, os, sys, tarfile, threading, time, types

given = json.load(sys.stdin)
MOVED = ('live', 'previous', 'first')
images, tags, blobs, uploads = {}, {}, {}, {}
deployments, revisions, calls, answers = [], {}, [], []
state = {'outcome': 'SUCCESSFUL', 'services': [], 'now': 0}
KIND = 'application/vnd.oci.image.manifest.v1+json'


def digest(data):
    return 'sha256:' + hashlib.sha256(data).hexdigest()


class Ecr:
    """As ECR answers: a tag is moved only where the repository lets it, and an image needs all that its manifest names."""

    def batch_get_image(self, repositoryName, imageIds, acceptedMediaTypes):
        found = [tags.get(each.get('imageTag'), each.get('imageDigest')) for each in imageIds]
        return {'images': [{'imageId': {'imageDigest': each}, 'imageManifest': images[each], 'imageManifestMediaType': KIND} for each in found if each in images]}

    def describe_images(self, repositoryName, imageIds):
        return {'imageDetails': [{'imageTags': [tag for tag, at in tags.items() if at == each['imageDigest']]} for each in imageIds]}

    def put_image(self, repositoryName, imageTag, imageManifest, imageManifestMediaType):
        made = digest(imageManifest.encode())
        assert imageTag in MOVED or imageTag not in tags, 'ImageTagAlreadyExistsException'
        assert tags.get(imageTag) != made, 'ImageAlreadyExistsException'
        manifest = json.loads(imageManifest)
        needed = [each['digest'] for each in [*manifest.get('layers', []), *([manifest['config']] if 'config' in manifest else [])]]
        assert all(each in blobs for each in needed), 'LayersNotFoundException'
        images[made], tags[imageTag] = imageManifest, made
        calls.append(f'put {imageTag}')

    def batch_check_layer_availability(self, repositoryName, layerDigests):
        return {'layers': [{'layerAvailability': 'AVAILABLE' if each in blobs else 'UNAVAILABLE'} for each in layerDigests]}

    def initiate_layer_upload(self, repositoryName):
        uploads['1'] = b''
        return {'uploadId': '1', 'partSize': 100}

    def upload_layer_part(self, repositoryName, uploadId, partFirstByte, partLastByte, layerPartBlob):
        assert (partFirstByte, partLastByte) == (len(uploads[uploadId]), len(uploads[uploadId]) + len(layerPartBlob) - 1), 'InvalidLayerPartException'
        uploads[uploadId] += layerPartBlob

    def complete_layer_upload(self, repositoryName, uploadId, layerDigests):
        blob = uploads.pop(uploadId)
        assert layerDigests == [digest(blob)], 'InvalidLayerException'
        blobs[digest(blob)] = blob


class Ecs:
    """As ECS answers, 2 on a page, the oldest first: a deployment takes what is behind the tag when it begins; one that is taken back leaves what ran before."""

    def list_services(self, cluster):
        return {'serviceArns': state['services']}

    def list_service_deployments(self, cluster, service, maxResults, nextToken='0'):
        for each in deployments if nextToken == '0' else []:
            if each['status'] == 'IN_PROGRESS' and each.pop('left', 0) == 0:
                each['status'] = state['outcome']
        first = int(nextToken)
        page = [{name: each[name] for name in ('serviceDeploymentArn', 'status', 'createdAt')} for each in deployments[first:first + 2]]
        return {'serviceDeployments': page, **({'nextToken': str(first + 2)} if first + 2 < len(deployments) else {})}

    def describe_service_deployments(self, serviceDeploymentArns):
        found = next(each for each in deployments if each['serviceDeploymentArn'] in serviceDeploymentArns)
        back = {'rollback': {'serviceRevisionArn': found['before']}} if found['status'].startswith('ROLLBACK') else {}
        return {'serviceDeployments': [{**back, 'sourceServiceRevisions': [{'arn': found['before']}] if found['before'] else [], 'statusReason': 'tasks failed to start'}]}

    def describe_service_revisions(self, serviceRevisionArns):
        return {'serviceRevisions': [{'containerImages': [{'containerName': 'tracing'}, {'containerName': 'web', 'imageDigest': revisions[serviceRevisionArns[0]]}]}]}

    def update_service(self, cluster, service, forceNewDeployment):
        assert forceNewDeployment is True
        if 'meanwhile' in state:
            tags['live'] = tags[state.pop('meanwhile')]
        deploy('IN_PROGRESS')
        calls.append(f'deploy {name_of(revisions[deployments[-1]["revision"]])}')


def deploy(status):
    before = next((each['revision'] for each in reversed(deployments) if each['status'] == 'SUCCESSFUL'), None)
    number = len(deployments)
    revisions[f'r{number}'] = tags['live']
    deployments.append({'serviceDeploymentArn': f'd{number}', 'revision': f'r{number}', 'before': before, 'status': status, 'createdAt': number, 'left': 1})


def name_of(made):
    return next((tag for tag, at in tags.items() if at == made and tag not in MOVED), 'first')


class Registry(http.server.BaseHTTPRequestHandler):
    """As a public registry answers: only with its token, and files from elsewhere, which refuses that token."""
    files = {}

    def do_GET(self):
        path, bearer = self.path.split('?')[0], self.headers.get('Authorization')
        if state.get('forged') and '/manifests/sha256:' in path:
            return self.send(200, self.files[path.split('/')[-1]] + b' ')
        if path == '/token/':
            return self.send(200, json.dumps({'token': 'pass'}).encode())
        if path.startswith('/elsewhere/'):
            return self.send(400 if bearer else 200, self.files[path.split('/')[-1]])
        if bearer != 'Bearer pass':
            return self.send(401, b'')
        reference = path.split('/')[-1]
        if '/blobs/' in path:
            self.send_response(307)
            self.send_header('Location', f'/elsewhere/{reference}')
            return self.end_headers()
        self.send(200, self.files[reference])

    def send(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def publish():
    """A base for two processors, behind one tag."""
    listed = []
    for architecture in ('amd64', 'arm64'):
        layer = gzip.compress(f'busybox for {architecture}'.encode() * 20, mtime=0)
        config = json.dumps({'architecture': architecture, 'os': 'linux', 'config': {'Env': ['PATH=/bin'], 'Cmd': ['sh']}, 'rootfs': {'type': 'layers', 'diff_ids': ['sha256:base']}}).encode()
        manifest = json.dumps({'schemaVersion': 2, 'mediaType': KIND, 'config': {'mediaType': 'application/vnd.oci.image.config.v1+json', 'digest': digest(config), 'size': len(config)},
                               'layers': [{'mediaType': 'application/vnd.oci.image.layer.v1.tar+gzip', 'digest': digest(layer), 'size': len(layer)}]}).encode()
        Registry.files.update({digest(each): each for each in (layer, config, manifest)})
        listed.append({'digest': digest(manifest), 'platform': {'os': 'linux', 'architecture': architecture}})
    Registry.files['stable-musl'] = json.dumps({'schemaVersion': 2, 'manifests': listed}).encode()


def first_image():
    """What a unit would be made of."""
    if 'first' not in tags:
        return None
    manifest = json.loads(images[tags['first']])
    config = json.loads(blobs[manifest['config']['digest']])
    layer = gzip.decompress(blobs[manifest['layers'][-1]['digest']])
    assert config['rootfs']['diff_ids'] == ['sha256:base', digest(layer)]
    assert all(len(blobs[each['digest']]) == each['size'] for each in [manifest['config'], *manifest['layers']])
    with tarfile.open(fileobj=io.BytesIO(layer)) as archive:
        files = {each.name: archive.extractfile(each).read().decode() for each in archive.getmembers()}
    return {'architecture': config['architecture'], 'command': config['config']['Cmd'], 'environment': config['config']['Env'], 'files': files}


def push(name):
    manifest = json.dumps({'name': name})
    images[digest(manifest.encode())] = manifest
    tags[name] = digest(manifest.encode())


def send(event, context, status, data, physical, reason=None):
    answers.append({'status': status, 'reason': reason})


publish()
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Registry)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ.update({'REPOSITORY': 'shop', 'CLUSTER': 'cluster', 'CONTAINER': 'web', 'BASE_REGISTRY': f'http://127.0.0.1:{server.server_port}'})
sys.modules['boto3'] = types.SimpleNamespace(client=lambda service: {'ecr': Ecr, 'ecs': Ecs}[service]())
sys.modules['cfnresponse'] = types.SimpleNamespace(send=send, SUCCESS='SUCCESS', FAILED='FAILED')
time.sleep = lambda seconds: state.update(now=state['now'] + seconds)
context = types.SimpleNamespace(get_remaining_time_in_millis=lambda: 900_000 - (state['now'] - state.get('begun', 0)) * 1000)
code = {}
exec(given['code'], code)
outcomes = []
for step in given['steps']:
    calls.clear(), answers.clear()
    state.update(step.get('state', {}), begun=state['now'])
    for name in step.get('push', []):
        push(name)
    if 'platform' in step:
        state['services'] = ['svc']
        deploy(step['platform'])
    if 'lasts' in step:
        code['time'].sleep = lambda seconds: (state.update(now=state['now'] + seconds), [each.update(left=1) for each in deployments if each['status'] == 'IN_PROGRESS'])
    outcome = {}
    if 'event' in step:
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                outcome['answer'] = code['handler'](step['event'], context)
        except Exception as error:
            outcome['error'] = str(error)
    outcomes.append({**outcome, 'sent': list(answers), 'calls': list(calls), 'tags': {tag: name_of(tags[tag]) for tag in MOVED if tag in tags}, 'runs': name_of(revisions[deployments[-1]['revision']]) if deployments else None, 'first': first_image()})
print(json.dumps(outcomes))
