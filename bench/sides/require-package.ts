import Module from 'node:module';
import * as path from 'node:path';

/** Requires the package. With `--print`, prints what its own files require of others, in order. */
type Load = (request: string, parent: { filename?: string } | undefined, isMain: boolean) => unknown;
const loader = Module as unknown as { _load: Load };
const root = path.resolve(__dirname, '..', '..', '..', '..');

if (process.argv.includes('--print')) {
  const used = new Set<string>();
  const load = loader._load;
  loader._load = (request, parent, isMain) => {
    if (parent?.filename?.startsWith(path.join(root, 'lib') + path.sep) && !request.startsWith('.')) used.add(request);
    return load(request, parent, isMain);
  };
  module.require(root);
  console.log(JSON.stringify([...used]));
} else {
  module.require(root);
}
