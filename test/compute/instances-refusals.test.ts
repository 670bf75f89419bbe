import { Lazy, Size } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Compute, InstanceCode, InstancesProps } from '../../src';
import { testRefusals } from '../support/refusals';

const types = (...names: string[]) => names.map(name => new InstanceType(name));

describe('Compute.instances', () => {
  test('takes tokens', () => {
    const number = Lazy.number({ produce: () => 3 });
    const string = Lazy.string({ produce: () => 'x' });
    const code = InstanceCode.fromAsset('.');
    expect(() => Compute.instances({
      code, port: number, healthCheckPath: string, documentRoot: string, php: { version: string, workerMemory: Size.mebibytes(number) },
    })).not.toThrow();
  });

  const refused = (name: string, props: Partial<InstancesProps>, message: string, part = '') =>
    [name, () => Compute.instances({ code: InstanceCode.fromAsset('.'), ...props }), `[Compute.instances${part}] ${message}`] as
    [string, () => unknown, string];
  testRefusals([
    refused('neither code nor image', { code: undefined },
      '\'code\' or \'machineImage\' must be given, got neither: Amazon Linux alone serves nothing; give InstanceCode.fromBucket(bucket, key)'),
    refused('no type', { instanceTypes: [] }, '\'instanceTypes\' must name at least one type, got []: leave it out for the default'),
    refused('types of two architectures', { instanceTypes: types('m7g.large', 'm7i.large') },
      '\'instanceTypes\' must all be of one architecture, got m7g.large (arm64), m7i.large (x86_64): one machine image runs on all of them'),
    refused('Spot of one type', { instanceTypes: types('m7g.large'), spotShare: 1 },
      '\'instanceTypes\' must name at least 2 types when \'spotShare\' is above 0, got m7g.large: Spot capacity of a single type can be gone in every zone at once'),
    refused('the same type twice', { instanceTypes: types('m7g.large', 'c7g.large', 'm7g.large') },
      '\'instanceTypes\' must name each type once, got m7g.large more than once: it adds nothing to choose from'),
    refused('a share of Spot that is known at deployment', { spotShare: Lazy.number({ produce: () => 50 }) },
      '\'spotShare\' must be known at synthesis, got a token: the default types and the share on demand are worked out from it'),
    refused('more Spot than all', { spotShare: 101 },
      '\'spotShare\' must be a whole number between 0 and 100, got 101: it is the percentage of Spot Instances above the minimum'),
    refused('port 0', { port: 0 }, '\'port\' must be a whole number between 1 and 65535, got 0: give the port that nginx is to listen on'),
    refused('a health check that ends a command', { healthCheckPath: '/\'; reboot' },
      '\'healthCheckPath\' must begin with a slash and be made of URL characters, got "/\'; reboot": give a path such as \'/healthz\''),
    refused('a document root above the application', { documentRoot: 'public/../..' },
      '\'documentRoot\' must be a relative path without \'..\', got "public/../..": give a folder such as \'public\', or \'.\''),
    refused('PHP 7', { php: { version: '7.4' } },
      '\'version\' must be a version of PHP 8, got "7.4": give one that Amazon Linux 2023 has, such as \'8.4\'', '.php'),
    refused('packages with options', { packages: ['php8.4-gd', '--nogpgcheck'] },
      '\'packages\' must not hold "--nogpgcheck": give names of packages, such as \'php8.4-gd\''),
    refused('an extension without a version', { php: { extensions: ['redis'] } },
      '\'extensions\' must not hold "redis": give names with versions, such as \'redis-6.2.0\'', '.php'),
    refused('a variable with a space', { environment: { 'A B': 'c' } },
      '\'environment\' must not hold "A B": names of variables are letters, digits and underscores'),
    refused('uploads of one and a half MiB', { php: { maxUpload: Size.kibibytes(1536) } },
      '\'maxUpload\' must be between 1 and 2048 whole MiB, got 1.5 MiB: nginx and PHP keep what is sent on the volume until the page ends', '.php'),
    refused('uploads without a limit', { php: { maxUpload: Size.mebibytes(0) } },
      '\'maxUpload\' must be between 1 and 2048 whole MiB, got 0 MiB: nginx and PHP keep what is sent on the volume until the page ends', '.php'),
    refused('uploads of a size that is known at deployment', { php: { maxUpload: Size.mebibytes(Lazy.number({ produce: () => 3 })) } },
      '\'maxUpload\' must be known at synthesis, got a token: nginx takes 1 MiB more, for what a form holds beside its file', '.php'),
    refused('a section of php.ini', { php: { ini: { '[PHP]': 'x' } } },
      '\'ini\' must not hold "[PHP]": names are those of php.ini, such as \'date.timezone\'; sections are not for here', '.php'),
    refused('a setting of two lines', { php: { ini: { 'date.timezone': 'UTC\nauto_prepend_file = /tmp/x' } } },
      '\'ini\' must not hold "UTC\\nauto_prepend_file = /tmp/x": values are one line, as in php.ini, in quotes as a whole or without any', '.php'),
    refused('a setting whose quotes end on another line', { php: { ini: { 'date.timezone': '"UTC' } } },
      '\'ini\' must not hold "\\"UTC": values are one line, as in php.ini, in quotes as a whole or without any', '.php'),
    refused('settings that other props decide', { php: { ini: { memory_limit: '1G', post_max_size: '8M', upload_max_filesize: '8M' } } },
      '\'ini\' must not hold memory_limit, post_max_size, upload_max_filesize: \'workerMemory\' decides it, and how many processes run; \'maxUpload\' decides it, for nginx too', '.php'),
    refused('half a MiB', { php: { workerMemory: Size.kibibytes(512) } },
      '\'workerMemory\' must be between 16 and 4096 whole MiB, got 0.5 MiB: a PHP process needs some memory, and an instance has room for several', '.php'),
    ...([['volumeSize', 'GiB', (volumeSize: Size) => ({ volumeSize }), ''], ['workerMemory', 'MiB', (workerMemory: Size) => ({ php: { workerMemory } }), '.php']] as const)
      .map(([prop, unit, given, where]) => refused(`a token for ${prop} in another unit`, given(Size.tebibytes(Lazy.number({ produce: () => 1 }))),
        `'${prop}' must be in ${unit} where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in ${unit}`, where)),
    refused('a volume below the image', { volumeSize: Size.gibibytes(4) },
      '\'volumeSize\' must be between 8 and 16384 whole GiB, got 4 GiB: the image needs 8 GiB, and gp3 goes up to 16384'),
  ]);
});
