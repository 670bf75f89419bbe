import Module from 'node:module';
import * as path from 'node:path';

/** Requires the compiled package. With `--print`, prints what its own files require of others, in order. */
type Load = (request: string, parent: { filename?: string } | undefined, isMain: boolean) => unknown;
const loader = Module as unknown as { _load: Load };
const lib = path.resolve(__dirname, '..', '..', '..', '..', 'lib');

if (process.argv.includes('--print')) {
  const used = new Set<string>();
  const load = loader._load;
  loader._load = (request, parent, isMain) => {
    if (parent?.filename?.startsWith(lib + path.sep) && !request.startsWith('.')) used.add(request);
    return load(request, parent, isMain);
  };
  module.require(lib);
  console.log(JSON.stringify([...used]));
} else {
  module.require(lib);
}
