import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Cleanup } from '../engine/cleanup';
import { Docker } from '../engine/docker';

const FOLDERS = resolve(__dirname, '..', '..');

/** Where an image is built: its folder below `integ`, and its Dockerfile where that is not at the folder's top. */
export interface ImageSource {
  readonly folder: string;
  readonly file?: string;
}

export const SHOP: ImageSource = { folder: 'apps/php-shop' };
export const WORDPRESS: ImageSource = { folder: 'apps', file: 'wordpress/Dockerfile' };
const SERVICES: ImageSource = { folder: 'containers/services' };

export interface Images {
  readonly application: string;
  /** MariaDB and Redis. */
  readonly services: string;
}

export async function buildImages(docker: Docker, base: string, application: ImageSource, cleanup: Cleanup): Promise<Images> {
  const images = { application: `container-proof/application:${process.pid}`, services: `container-proof/services:${process.pid}` };
  cleanup.add('the images', () => docker.do(['rmi', '--force', images.application, images.services]));
  const build = (tag: string, { folder, file }: ImageSource) => docker.build({ tag, folder: join(FOLDERS, folder), file, base });
  await Promise.all([build(images.application, application), build(images.services, SERVICES)]);
  return images;
}

/**
 * The application's image with more authorities in its trust store. ElastiCache's certificates come from an authority that every
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
  const tag = `container-proof/trusting-application:${process.pid}`;
  await docker.build({ tag, folder, base: image });
  cleanup.add('the trusting image', () => docker.do(['rmi', '--force', tag]));
  return tag;
}
