import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Cleanup } from '../engine/cleanup';
import { Docker } from '../engine/docker';

const SHOP_FOLDER = resolve(__dirname, '..', '..', 'apps', 'php-shop');
const SERVICES_FOLDER = resolve(__dirname, '..', 'services');

export interface Images {
  readonly shop: string;
  readonly services: string;
}

export async function buildImages(docker: Docker, base: string, cleanup: Cleanup): Promise<Images> {
  const images = { shop: `container-proof/shop:${process.pid}`, services: `container-proof/services:${process.pid}` };
  cleanup.add('the images', () => docker.do(['rmi', '--force', images.shop, images.services]));
  await Promise.all([
    docker.build({ tag: images.shop, folder: SHOP_FOLDER, base }),
    docker.build({ tag: images.services, folder: SERVICES_FOLDER, base }),
  ]);
  return images;
}

/**
 * The shop's image with more authorities in its trust store. ElastiCache's certificates come from an authority that every
 * image trusts; each session store of the proof has one of its own.
 */
export async function trusting(docker: Docker, image: string, authorities: readonly string[], cleanup: Cleanup): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'container-proof-trust-'));
  cleanup.add('the trust store\'s files', async () => rmSync(folder, { recursive: true, force: true }));
  authorities.forEach((authority, index) => writeFileSync(join(folder, `authority-${index}.crt`), authority));
  const user = String(await docker.inspect(image, '.Config.User'));
  writeFileSync(join(folder, 'Dockerfile'), [
    'ARG BASE',
    'FROM ${BASE}',
    'USER root',
    'COPY authority-*.crt /usr/local/share/ca-certificates/',
    'RUN update-ca-certificates',
    `USER ${user}`,
  ].join('\n'));
  const tag = `container-proof/trusting-shop:${process.pid}`;
  await docker.build({ tag, folder, base: image });
  cleanup.add('the trusting image', () => docker.do(['rmi', '--force', tag]));
  return tag;
}
