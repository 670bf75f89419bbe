import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { alarmPage } from './support/alarm-page';
import { ROOT } from './support/assembly';
import { withNew } from './support/changes';
import { withCost } from './support/cost-passage';
import { readList, writeList } from './support/lists';
import { acknowledgments, reasonsByRule } from './support/nag';
import { StatefulResource, statefulResources } from './support/stateful';
import { appOf } from './support/variant';
import { VARIANTS } from './support/variants';

/** Writes the committed lists, and the page of alarms, anew: see `npx projen contract:record`. What must not change by a command stays. */
const stateful = readList<StatefulResource[]>('stateful-resources.json');
writeList('stateful-resources.json', withNew(stateful, statefulResources()));

const { atMost } = readList<{ atMost: unknown }>('acknowledged-rules.json');
writeList('acknowledged-rules.json', { atMost, reasons: reasonsByRule(VARIANTS.map(appOf).flatMap(acknowledgments)) });

const docs = (page: string) => path.join(ROOT, 'docs', page);
writeFileSync(docs('alarms.md'), alarmPage());
writeFileSync(docs('observability.md'), withCost(readFileSync(docs('observability.md'), 'utf8')));
