import { withNew } from './support/changes';
import { readList, writeList } from './support/lists';
import { acknowledgments, reasonsByRule } from './support/nag';
import { StatefulResource, statefulResources } from './support/stateful';
import { appOf, VARIANTS } from './support/variants';

/** Writes the committed lists anew: see `npx projen contract:record`. What must not change by a command stays. */
const stateful = readList<StatefulResource[]>('stateful-resources.json');
writeList('stateful-resources.json', withNew(stateful, statefulResources()));

const { atMost } = readList<{ atMost: unknown }>('acknowledged-rules.json');
writeList('acknowledged-rules.json', { atMost, reasons: reasonsByRule(VARIANTS.map(appOf).flatMap(acknowledgments)) });
