import { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { Cleanup } from '../../containers/engine/cleanup';

/** PostgreSQL on loopback, compiled to WebAssembly: the server's own code behind its own protocol, without TLS and without users. */
export async function startDatabase(cleanup: Cleanup): Promise<number> {
  const database = await PGlite.create();
  const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections: 20 });
  await server.start();
  cleanup.add('the database', async () => {
    await server.stop();
    await database.close();
  });
  const { server: listening } = server as unknown as { server: { address(): AddressInfo } };
  return listening.address().port;
}
