import hashlib
import json
import os
import urllib.error
import urllib.request

import pytest

from platform_emulator import public_registry


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setenv('BASE_REGISTRY', '')
    public_registry.start()
    return os.environ['BASE_REGISTRY']


def ask(url, bearer=None):
    request = urllib.request.Request(url)
    if bearer:
        request.add_unredirected_header('Authorization', f'Bearer {bearer}')
    return urllib.request.urlopen(request).read()


def test_gives_a_token_an_index_and_files_by_their_digests(registry):
    token = json.loads(ask(f'{registry}/token/'))['token']
    index = json.loads(ask(f'{registry}/v2/busybox/manifests/stable', token))
    assert [each['platform']['architecture'] for each in index['manifests']] == ['amd64', 'arm64']
    manifest = json.loads(ask(f"{registry}/v2/busybox/manifests/{index['manifests'][1]['digest']}", token))
    for each in [manifest['config'], *manifest['layers']]:
        blob = ask(f"{registry}/v2/busybox/blobs/{each['digest']}", token)
        assert ('sha256:' + hashlib.sha256(blob).hexdigest(), len(blob)) == (each['digest'], each['size'])


def test_wants_its_token_and_keeps_files_where_that_is_refused(registry):
    with pytest.raises(urllib.error.HTTPError, match='401'):
        ask(f'{registry}/v2/busybox/manifests/stable')
    request = urllib.request.Request(f'{registry}/files/index', headers={'Authorization': 'Bearer public'})
    with pytest.raises(urllib.error.HTTPError, match='400'):
        urllib.request.urlopen(request)
