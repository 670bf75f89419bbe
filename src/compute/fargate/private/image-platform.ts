import { Annotations } from 'aws-cdk-lib';
import { AssetImage, AssetImageProps, ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

/** Docker's names for what Node calls a processor. */
const DOCKER: { [arch: string]: string } = { x64: 'LINUX_AMD64', arm64: 'LINUX_ARM64' };

/**
 * Warns of images that are built here, without a platform, on another processor than their units have: such a unit ends with
 * "exec format error", and nothing says so before the deployment. `DOCKER_DEFAULT_PLATFORM` is Docker's own way to say it.
 */
export function warnOfOtherProcessors(
  scope: Construct, images: { [container: string]: ContainerImage }, cpuArchitecture: CpuArchitecture,
  here: string = process.arch, asked = process.env.DOCKER_DEFAULT_PLATFORM,
): void {
  const wanted = cpuArchitecture === CpuArchitecture.ARM64 ? DOCKER.arm64 : DOCKER.x64;
  if (asked !== undefined || DOCKER[here] === wanted) return;
  const names = Object.entries(images).filter(([, image]) => image instanceof AssetImage && platformOf(image) === undefined).map(([name]) => name);
  if (names.length === 0) return;
  Annotations.of(scope).addWarningV2('cdk-platform-patterns:image-platform',
    `[${scope.node.path}] the image of ${names.join(', ')} is built for this machine's processor (${here}), and its units run on ${cpuArchitecture._cpuArchitecture}: give ContainerImage.fromAsset(folder, { platform: Platform.${wanted} })`);
}

/** CDK keeps it to itself: what it says is tried with the newest release of CDK, too. */
function platformOf(image: AssetImage): unknown {
  return (Reflect.get(image, 'props') as AssetImageProps | undefined)?.platform;
}
