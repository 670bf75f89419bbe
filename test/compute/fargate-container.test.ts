import { Compute, FargateContainer, Media } from '../../src';
import { IMAGE, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only } from '../support/template';

interface Task {
  readonly ContainerDefinitions: {
    readonly Name: string;
    readonly User?: string;
    readonly ReadonlyRootFilesystem?: boolean;
    readonly MountPoints?: { readonly ContainerPath: string; readonly ReadOnly: boolean; readonly SourceVolume: string }[];
  }[];
  readonly Volumes?: { readonly Name: string; readonly EFSVolumeConfiguration?: object }[];
}

function taskWith(container: FargateContainer | undefined, media = Media.bucket()) {
  const { ContainerDefinitions, Volumes } = only(platformTemplate({ compute: Compute.fargate({ image: IMAGE, container }), media }), 'AWS::ECS::TaskDefinition')
    .Properties as unknown as Task;
  return { web: ContainerDefinitions.find(({ Name }) => Name === 'web')!, volumes: Volumes };
}

const made = (container: FargateContainer) => () => Compute.fargate({ image: IMAGE, container });

describe('the application\'s container', () => {
  test('is as its image is by default', () => {
    const { web, volumes } = taskWith(undefined);
    expect([web.User, web.ReadonlyRootFilesystem, web.MountPoints, volumes]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('writes nowhere but to /tmp with a read-only root', () => {
    const { web, volumes } = taskWith({ readonlyRootFilesystem: true });
    expect(web.ReadonlyRootFilesystem).toBe(true);
    expect(web.MountPoints).toEqual([{ ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'scratch0' }]);
    expect(volumes).toEqual([{ Name: 'scratch0' }]);
  });

  test('writes to the folders that are given, and to its media', () => {
    const { web, volumes } = taskWith({ user: '1000:1000', readonlyRootFilesystem: true, writablePaths: ['/run', '/var/cache/nginx'] },
      Media.fileSystem({ mountPath: '/var/www/uploads' }));
    expect(web.User).toBe('1000:1000');
    expect(web.MountPoints!.map(({ ContainerPath, ReadOnly }) => [ContainerPath, ReadOnly]))
      .toEqual([['/var/www/uploads', false], ['/run', false], ['/var/cache/nginx', false]]);
    expect(volumes!.map(({ Name, EFSVolumeConfiguration }) => [Name, EFSVolumeConfiguration !== undefined]))
      .toEqual([['var-www-uploads', true], ['scratch0', false], ['scratch1', false]]);
  });

  test('may have no folder to write to at all', () => {
    const { web, volumes } = taskWith({ readonlyRootFilesystem: true, writablePaths: [] });
    expect([web.ReadonlyRootFilesystem, web.MountPoints, volumes]).toEqual([true, undefined, undefined]);
  });

  testRefusals([
    ['a user that is none', made({ user: 'www data' }),
      '[Compute.fargate.container] \'user\' must be a user, or a user and a group, got "www data": give a name in the image or a number, such as \'1000:1000\''],
    ['folders that are none', made({ readonlyRootFilesystem: true, writablePaths: ['tmp', '/run', '/run', '/a/../b'] }),
      '[Compute.fargate.container] \'writablePaths\' must be absolute folders, each once, got "tmp", "/run", "/a/../b": give folders such as \'/tmp\''],
    ['the folder where media is mounted', () => taskWith({ readonlyRootFilesystem: true, writablePaths: ['/run', '/var/www/uploads'] }, Media.fileSystem({ mountPath: '/var/www/uploads' })),
      '[Stack/Shop/Compute/Fargate] \'writablePaths\' must be other folders than those where media is mounted, got ["/var/www/uploads"]: leave them out, the application writes there as it is'],
    ['folders beside a root that is writable', made({ writablePaths: ['/tmp'] }),
      '[Compute.fargate.container] \'writablePaths\' must come with a read-only root, got ["/tmp"] with undefined: every path is writable already; give \'readonlyRootFilesystem: true\', or leave them out'],
  ]);
});
