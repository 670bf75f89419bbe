"""Stands in for AWS's public registry, from which the platform's function takes the base of a first image.

It answers as the registry does (a token first, then an index of one manifest for each processor, blobs from another address), with an image that
holds no program: units do not run here.
"""

import gzip
import hashlib
import http.server
import json
import os
import threading

_IMAGE = 'application/vnd.oci.image.manifest.v1+json'
_INDEX = 'application/vnd.oci.image.index.v1+json'


def start():
    """Functions are told of it by the variable that they read in its place."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), _handler(_files()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ['BASE_REGISTRY'] = f'http://127.0.0.1:{server.server_port}'


def _digest(content):
    return 'sha256:' + hashlib.sha256(content).hexdigest()


def _files():
    files, listed = {}, []
    for architecture in ('amd64', 'arm64'):
        layer = gzip.compress(f'nothing, for {architecture}'.encode(), mtime=0)
        config = json.dumps({'architecture': architecture, 'os': 'linux', 'config': {}, 'rootfs': {'type': 'layers', 'diff_ids': [_digest(layer)]}}).encode()
        manifest = json.dumps({
            'schemaVersion': 2, 'mediaType': _IMAGE,
            'config': {'mediaType': 'application/vnd.oci.image.config.v1+json', 'digest': _digest(config), 'size': len(config)},
            'layers': [{'mediaType': 'application/vnd.oci.image.layer.v1.tar+gzip', 'digest': _digest(layer), 'size': len(layer)}],
        }).encode()
        files.update({_digest(each): each for each in (layer, config, manifest)})
        listed.append({'mediaType': _IMAGE, 'digest': _digest(manifest), 'size': len(manifest), 'platform': {'os': 'linux', 'architecture': architecture}})
    return {**files, 'index': json.dumps({'schemaVersion': 2, 'mediaType': _INDEX, 'manifests': listed}).encode()}


def _handler(files):
    class Registry(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path, bearer = self.path.split('?')[0], self.headers.get('Authorization')
            name = path.rpartition('/')[2]
            if path == '/token/':
                return self._send(200, json.dumps({'token': 'public'}).encode())
            if path.startswith('/files/'):
                return self._send(400, b'') if bearer else self._send(200, files[name])
            if bearer != 'Bearer public':
                return self._send(401, b'')
            if '/blobs/' in path:
                return self._send(307, b'', Location=f'/files/{name}')
            return self._send(200, files.get(name, files['index']))

        def _send(self, status, content, **headers):
            self.send_response(status)
            for header, value in {'Content-Length': str(len(content)), **headers}.items():
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Each request would be a line in the log of the local AWS."""

    return Registry
