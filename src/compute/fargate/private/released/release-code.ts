/** The tag that the service runs, and no template says which image it is. */
export const LIVE = 'live';
/** The image that was live before. */
export const PREVIOUS = 'previous';
/** What runs until something is released. */
export const FIRST = 'first';

/** A small web server, in AWS's public registry, that the first image is made of (Docker official image `busybox`, its static build). */
const BASE = { registry: 'https://public.ecr.aws', repository: 'docker/library/busybox', tag: 'stable-musl' };

/**
 * Releases an image of the team's repository: the tag that the service runs is put on it, and the service is told to start its units anew. ECS takes
 * what is behind the tag when a deployment begins, for all units of it (ECS developer guide, "Container image resolution"), so that units that
 * come later are of the same image, and a deployment of the platform, which names the tag, starts what was released last.
 *
 * A release that ECS takes back, while somebody waits or later, puts the tag back on what runs.
 */
export const RELEASE_CODE = `import boto3, cfnresponse, gzip, hashlib, io, json, os, re, tarfile, time
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

REPOSITORY, CLUSTER, CONTAINER = os.environ['REPOSITORY'], os.environ['CLUSTER'], os.environ['CONTAINER']
REGISTRY = os.environ.get('BASE_REGISTRY', '${BASE.registry}')
UNDER_WAY = ('PENDING', 'IN_PROGRESS', 'STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS')
MANIFESTS = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json']
INDEXES = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json']
ecr, ecs = boto3.client('ecr'), boto3.client('ecs')

class Refused(Exception):
    pass

def find(**image):
    found = ecr.batch_get_image(repositoryName=REPOSITORY, imageIds=[image], acceptedMediaTypes=MANIFESTS + INDEXES)['images']
    return found[0] if found else None

def digest_of(tag):
    image = find(imageTag=tag)
    return image and image['imageId']['imageDigest']

def put(tag, image):
    if digest_of(tag) != image['imageId']['imageDigest']:
        ecr.put_image(repositoryName=REPOSITORY, imageTag=tag, imageManifest=image['imageManifest'], imageManifestMediaType=image['imageManifestMediaType'])

def tags_of(digest):
    if digest is None:
        return []
    images = ecr.describe_images(repositoryName=REPOSITORY, imageIds=[{'imageDigest': digest}])['imageDetails']
    return sorted(tag for image in images for tag in image.get('imageTags', []) if tag not in ('${LIVE}', '${PREVIOUS}'))

def services():
    return ecs.list_services(cluster=CLUSTER)['serviceArns']

def latest(service):
    made, more = [], {}
    while more is not None:
        page = ecs.list_service_deployments(cluster=CLUSTER, service=service, maxResults=100, **more)
        made += page['serviceDeployments']
        more = {'nextToken': page['nextToken']} if page.get('nextToken') else None
    return max(made, key=lambda each: each['createdAt'], default=None)

def settle(service, deployment):
    known = ecs.describe_service_deployments(serviceDeploymentArns=[deployment['serviceDeploymentArn']])['serviceDeployments'][0]
    revisions = [known['rollback']['serviceRevisionArn']] if known.get('rollback') else [each['arn'] for each in known.get('sourceServiceRevisions', [])]
    if revisions:
        revision = ecs.describe_service_revisions(serviceRevisionArns=revisions[:1])['serviceRevisions'][0]
        for each in revision.get('containerImages', []):
            image = each['containerName'] == CONTAINER and each.get('imageDigest') and find(imageDigest=each['imageDigest'])
            if image:
                put('${LIVE}', image)
    return known.get('statusReason', 'ECS says no reason')

def settle_all():
    for service in services():
        deployment = latest(service)
        if deployment and deployment['status'] not in UNDER_WAY and deployment['status'] != 'SUCCESSFUL':
            settle(service, deployment)

def status():
    live, previous = digest_of('${LIVE}'), digest_of('${PREVIOUS}')
    states = sorted({deployment['status'] for deployment in map(latest, services()) if deployment})
    return {'current': tags_of(live), 'digest': live, 'previous': tags_of(previous), 'deployment': states}

def release(tag, context):
    if not re.fullmatch('[A-Za-z0-9_][A-Za-z0-9._-]{0,127}', tag):
        raise Refused('a release is named by the tag of an image, got ' + repr(tag))
    image = find(imageTag=tag)
    if tag == '${PREVIOUS}' and (image is None or image['imageId']['imageDigest'] == digest_of('${FIRST}')):
        raise Refused('there is no release before this one: release another image')
    if image is None:
        raise Refused('there is no image ' + repr(tag) + ' in ' + REPOSITORY + ': push it first')
    before, running = find(imageTag='${LIVE}'), services()
    busy = [deployment for deployment in map(latest, running) if deployment and deployment['status'] in UNDER_WAY]
    if busy:
        raise Refused('a deployment is under way (' + busy[0]['status'] + '): look at it, then release again')
    if before and before['imageId']['imageDigest'] == image['imageId']['imageDigest']:
        return status()
    known = {service: (latest(service) or {}).get('serviceDeploymentArn') for service in running}
    earlier = find(imageTag='${PREVIOUS}')
    if before:
        put('${PREVIOUS}', before)
    put('${LIVE}', image)
    deploy(running)
    try:
        for service in running:
            follow(service, known[service], image, context)
    except Refused:
        if earlier:
            put('${PREVIOUS}', earlier)
        raise
    # The end of a deployment before this one may have put the tag back just before this one began.
    if digest_of('${LIVE}') != image['imageId']['imageDigest']:
        raise Refused('the tag was put back meanwhile, by the end of an earlier deployment: release again')
    return status()

def deploy(running):
    for service in running:
        ecs.update_service(cluster=CLUSTER, service=service, forceNewDeployment=True)

def follow(service, before, image, context):
    while context.get_remaining_time_in_millis() > 30000:
        deployment = latest(service)
        if deployment and deployment['serviceDeploymentArn'] != before:
            if deployment['status'] == 'SUCCESSFUL':
                return
            if deployment['status'] not in UNDER_WAY:
                names = ', '.join(tags_of(image['imageId']['imageDigest']))
                raise Refused(names + ' was taken back (' + deployment['status'] + '): ' + settle(service, deployment))
        time.sleep(5)

def ask(path, headers):
    request = Request(REGISTRY + path, headers=headers)
    # A registry leads to where it keeps its files, which refuse what is meant for the registry.
    request.add_unredirected_header('Authorization', 'Bearer ' + token())
    return urlopen(request, timeout=30).read()

def token():
    return json.loads(urlopen(REGISTRY + '/token/?scope=repository:${BASE.repository}:pull', timeout=30).read())['token']

def by_digest(kind, digest):
    content = ask('/v2/${BASE.repository}/' + kind + '/' + digest, {'Accept': ', '.join(MANIFESTS)} if kind == 'manifests' else {})
    if 'sha256:' + hashlib.sha256(content).hexdigest() != digest:
        raise Exception('what ' + REGISTRY + ' sent is not ' + digest)
    return content

def base(architecture):
    found = json.loads(ask('/v2/${BASE.repository}/manifests/${BASE.tag}', {'Accept': ', '.join(INDEXES + MANIFESTS)}))
    if 'manifests' not in found:
        return found
    for each in found['manifests']:
        if each.get('platform', {}).get('os') == 'linux' and each['platform']['architecture'] == architecture:
            return json.loads(by_digest('manifests', each['digest']))
    raise Exception(REGISTRY + ' has no ${BASE.repository} for ' + architecture)

def upload(blob):
    digest = 'sha256:' + hashlib.sha256(blob).hexdigest()
    layers = ecr.batch_check_layer_availability(repositoryName=REPOSITORY, layerDigests=[digest])['layers']
    if not any(layer['layerAvailability'] == 'AVAILABLE' for layer in layers):
        begun = ecr.initiate_layer_upload(repositoryName=REPOSITORY)
        for start in range(0, len(blob), begun['partSize']):
            part = blob[start:start + begun['partSize']]
            ecr.upload_layer_part(repositoryName=REPOSITORY, uploadId=begun['uploadId'], partFirstByte=start, partLastByte=start + len(part) - 1, layerPartBlob=part)
        ecr.complete_layer_upload(repositoryName=REPOSITORY, uploadId=begun['uploadId'], layerDigests=[digest])
    return {'size': len(blob), 'digest': digest}

def pages(path):
    message = json.dumps({'message': 'Nothing has been released yet'})
    healthy = urlsplit(path).path.lstrip('/')
    files = {'www/missing.json': message, 'www/' + (healthy + 'index.html' if healthy == '' or healthy.endswith('/') else healthy): 'ok', 'etc/httpd.conf': 'E404:/www/missing.json'}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode='w') as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(text), 0o644
            archive.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()

def first(port, path, architecture):
    live, made = digest_of('${LIVE}'), digest_of('${FIRST}')
    if live is not None and live != made:
        return
    manifest, layer = base(architecture), pages(path)
    config = json.loads(by_digest('blobs', manifest['config']['digest']))
    command = ['httpd', '-f', '-p', port, '-h', '/www', '-c', '/etc/httpd.conf']
    config['config'] = {**config.get('config', {}), 'Entrypoint': None, 'Cmd': command}
    config['rootfs']['diff_ids'].append('sha256:' + hashlib.sha256(layer).hexdigest())
    config.setdefault('history', []).append({'created_by': ' '.join(command)})
    layers = [{**each, **upload(by_digest('blobs', each['digest']))} for each in manifest['layers']]
    layers.append({'mediaType': layers[0]['mediaType'], **upload(gzip.compress(layer, mtime=0))})
    image = {**manifest, 'config': {'mediaType': manifest['config']['mediaType'], **upload(json.dumps(config).encode())}, 'layers': layers}
    for tag in ('${FIRST}', '${LIVE}'):
        text = json.dumps(image)
        digest = 'sha256:' + hashlib.sha256(text.encode()).hexdigest()
        put(tag, {'imageId': {'imageDigest': digest}, 'imageManifest': text, 'imageManifestMediaType': image.get('mediaType', MANIFESTS[0])})
    # Units that are there answer the health check as it was.
    deploy(services())

def handler(event, context):
    if 'RequestType' not in event:
        if event.get('takeBack') is True:
            return release('${PREVIOUS}', context)
        if isinstance(event.get('release'), str):
            return release(event['release'], context)
        settle_all()
        return status()
    try:
        if event['RequestType'] != 'Delete':
            asked = event['ResourceProperties']
            first(asked['Port'], asked['Path'], asked['Architecture'])
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {}, REPOSITORY)
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, REPOSITORY, reason=str(error))
`;
