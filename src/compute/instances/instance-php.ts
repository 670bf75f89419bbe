import { Size } from 'aws-cdk-lib';

/** How PHP is set up on instances. */
export interface InstancePhp {
  /**
   * The PHP version, as Amazon Linux 2023 names its packages.
   *
   * @default '8.4'
   */
  readonly version?: string;
  /**
   * PECL packages that PHP needs, with their versions: compiled at boot, from pecl.php.net, unless the image holds them.
   *
   * @default ['redis-6.2.0'] - for sessions in Valkey
   */
  readonly extensions?: string[];
  /**
   * Memory that one PHP process may take, in whole MiB: how many run side by side, and how many requests wait, follows from
   * it and the memory of the instance.
   *
   * @default Size.mebibytes(64)
   */
  readonly workerMemory?: Size;
  /**
   * Names of the cookies by which the application knows its sessions, at most 5.
   *
   * @default ['PHPSESSID'] - PHP's own
   */
  readonly sessionCookies?: string[];
  /**
   * The largest file that a visitor may send, in whole MiB, 1 to 2048: nginx takes requests of 1 MiB more, for what a form
   * holds beside its file, and PHP the same. A page that takes longer than 60 seconds to read one ends.
   *
   * @default Size.mebibytes(16) - a photo of a camera; as many as may be with PHP at once take about 1 GiB of the volume
   */
  readonly maxUpload?: Size;
  /**
   * Further settings of PHP, by their names in `php.ini`, with their values as they are written there: `{ 'date.timezone':
   * 'America/Sao_Paulo', max_input_vars: '5000' }`. They win over those of the platform, sessions among them; what
   * `workerMemory` and `maxUpload` decide, and where errors go, is refused. Names and values count with `environment`.
   *
   * @default - those of the platform alone: no version in answers, strict session cookies, code that is read once
   */
  readonly ini?: { [name: string]: string };
}
