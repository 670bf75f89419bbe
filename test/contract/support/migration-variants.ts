import type { Variant } from './variants';
import { CutOver, LegacySite } from '../../../src';
import { fromMysql, inZone } from '../../migration/support';

/** Platforms that data and users come to from elsewhere. */
export const MIGRATION_VARIANTS: Variant[] = [
  {
    name: 'migration',
    props: stack => ({
      domain: inZone(stack),
      migration: {
        database: fromMysql(stack),
        cutOver: CutOver.weighted({ platformShare: 20, legacy: LegacySite.addresses(['198.51.100.7', '198.51.100.8'], ['2001:db8::7']) }),
      },
    }),
  },
];
