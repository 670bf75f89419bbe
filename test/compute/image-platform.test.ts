import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Compute } from '../../src';
import { warnOfOtherProcessors } from '../../src/compute/fargate/private/image-platform';
import { addPlatform, eastStack } from '../support/platform';

const { ARM64, X86_64 } = CpuArchitecture;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'image-'));
  writeFileSync(path.join(folder, 'Dockerfile'), 'FROM scratch\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function warningsOf(architecture: CpuArchitecture, here: string, platform?: Platform, asked?: string): string[] {
  const stack = eastStack();
  warnOfOtherProcessors(stack, { web: ContainerImage.fromAsset(folder, { platform }), agent: ContainerImage.fromRegistry('agent') }, architecture, here, asked);
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

describe('an image that is built where the app is synthesized', () => {
  test.each([
    ['an ARM laptop for x86', X86_64, 'arm64', 'X86_64', 'LINUX_AMD64'],
    ['a build machine for ARM', ARM64, 'x64', 'ARM64', 'LINUX_ARM64'],
  ])('is warned of on another processor: %s', (_, architecture, here, units, platform) => {
    expect(warningsOf(architecture, here)).toEqual([
      `[Stack] the image of web is built for this machine's processor (${here}), and its units run on ${units}: give ContainerImage.fromAsset(folder, { platform: Platform.${platform} }) [ack: cdk-platform-patterns:image-platform]`,
    ]);
  });

  test.each([
    ['on the same processor', X86_64, 'x64', undefined, undefined],
    ['with a platform', X86_64, 'arm64', Platform.LINUX_AMD64, undefined],
    ['where Docker was told', X86_64, 'arm64', undefined, 'linux/amd64'],
  ])('is fine %s', (_, architecture, here, platform, asked) => {
    expect(warningsOf(architecture, here, platform, asked)).toEqual([]);
  });

  test('is looked at in a platform, a sidecar\'s too', () => {
    const other = process.arch === 'arm64' ? X86_64 : ARM64;
    const stack = eastStack();
    const image = ContainerImage.fromAsset(folder);
    addPlatform(stack, { compute: Compute.fargate({ image, size: { cpuArchitecture: other }, sidecars: { agent: { image } } }) });
    Annotations.fromStack(stack).hasWarning('/Stack/Shop/Compute/Fargate', Match.stringLikeRegexp('the image of web, agent is built'));
  });
});
