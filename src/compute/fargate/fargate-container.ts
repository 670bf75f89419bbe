import { Token } from 'aws-cdk-lib';
import { matches, Rule } from '../../core/private/validation';

/** What the application's container may do on its unit. */
export interface FargateContainer {
  /**
   * The user that it runs as: a name in the image or a number, with a group after a colon if need be, such as `1000:1000`.
   *
   * @default - the image's own user
   */
  readonly user?: string;
  /**
   * Whether nothing may be written but below `writablePaths` and where media files are mounted. What one unit wrote for itself alone (an upload, a
   * plugin) is an error at once then, and not a page that only some of the visitors see.
   *
   * @default false - most images write logs, caches and process ids somewhere
   */
  readonly readonlyRootFilesystem?: boolean;
  /**
   * Folders that may be written to beside a read-only root: scratch space of the unit, empty at its start unless the image
   * declares a `VOLUME` there, and gone with the unit. A folder belongs to root, unless the image's `VOLUME` is another user's
   * (ECS developer guide, "Use bind mounts with Amazon ECS").
   *
   * @default - `/tmp` with a read-only root
   */
  readonly writablePaths?: string[];
  /**
   * Whether ECS Exec may open a shell in a container of the unit; what is typed and shown is logged. Not for production.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
}

const PATH = /^(\/[A-Za-z0-9._-]+)+$/;

/** What must hold of a container. */
export const CONTAINER_RULES: Rule<FargateContainer>[] = [
  matches('user', /^[\w.-]+(:[\w.-]+)?$/, 'must be a user, or a user and a group', 'give a name in the image or a number, such as \'1000:1000\''),
  ({ writablePaths = [] }) => {
    const wrong = writablePaths.filter((path, index) => Token.isUnresolved(path) || !PATH.test(path) || path.includes('..') || writablePaths.indexOf(path) < index);
    return wrong.length === 0 ? undefined
      : `'writablePaths' must be absolute folders, each once, got ${wrong.map(path => JSON.stringify(path)).join(', ')}: give folders such as '/tmp'`;
  },
  ({ writablePaths, readonlyRootFilesystem }) => writablePaths === undefined || readonlyRootFilesystem === true ? undefined
    : `'writablePaths' must come with a read-only root, got ${JSON.stringify(writablePaths)} with ${readonlyRootFilesystem}: every path is writable already; give 'readonlyRootFilesystem: true', or leave them out`,
];

/** With its defaults. */
export function contained({
  user, readonlyRootFilesystem = false, writablePaths = readonlyRootFilesystem ? ['/tmp'] : [], enableExecuteCommand = false,
}: FargateContainer) {
  return { user, readonlyRootFilesystem, writablePaths, enableExecuteCommand };
}
