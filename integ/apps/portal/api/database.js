import { readFileSync } from 'node:fs';

const { DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_CA } = process.env;

/** As the platform declares it. `DB_CA` names the file of the authorities that RDS has its certificates from; `none` is for a database on loopback. */
export const connection = {
  host: DB_HOST,
  port: Number(DB_PORT),
  database: DB_NAME,
  user: DB_USER,
  password: DB_PASSWORD,
  ssl: DB_CA === 'none' ? false : { ca: readFileSync(DB_CA ?? '/etc/ssl/rds/global-bundle.pem', 'utf8') },
};
