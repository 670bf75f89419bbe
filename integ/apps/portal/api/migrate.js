import { runner } from 'node-pg-migrate';
import { connection } from './database.js';

await runner({ databaseUrl: connection, dir: new URL('migrations', import.meta.url).pathname, direction: 'up', migrationsTable: 'migrations', log: () => {} });
