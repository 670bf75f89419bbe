import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import pg from 'pg';
import { connection } from './database.js';

const { BASE_PATH = '/backend', PORT = '8080', HOST = '0.0.0.0', UNIT = 'unit' } = process.env;
// A unit takes no more connections than the platform has planned for it.
const pool = new pg.Pool({ ...connection, max: 10 });
// A connection that breaks is another one at the next query.
pool.on('error', error => console.error(error.message));

const app = Fastify({ logger: { level: 'warn' } });
await app.register(swagger, { openapi: { info: { title: 'Portal', version: '1' } } });

const item = { type: 'object', properties: { id: { type: 'integer' }, title: { type: 'string' } } };
const title = { type: 'object', required: ['title'], properties: { title: { type: 'string', minLength: 1, maxLength: 200 } } };

// While it can serve; it does not ask the database.
app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));

app.register(async api => {
  api.addHook('onSend', async (request, reply) => { reply.header('x-unit', UNIT); });
  api.get('/items', { schema: { response: { 200: { type: 'array', items: item } } } },
    async () => (await pool.query('SELECT id, title FROM items ORDER BY id')).rows);
  api.get('/items/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } }, async ({ params }, reply) => {
    const { rows: [found] } = await pool.query('SELECT id, title FROM items WHERE id = $1', [params.id]);
    return found ?? reply.code(404).send({ message: 'There is no such item' });
  });
  api.post('/items', { schema: { body: title } }, async ({ body }, reply) => {
    const { rows: [made] } = await pool.query('INSERT INTO items (title) VALUES ($1) RETURNING id, title', [body.title]);
    return reply.code(201).send(made);
  });
  api.get('/reports', async (request, reply) => reply.code(403).send({ message: 'Not for you' }));
  api.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  api.setNotFoundHandler((request, reply) => reply.code(404).send({ message: 'There is nothing here' }));
}, { prefix: BASE_PATH });

// Requests in hand are answered, new connections are not taken: a unit that goes takes nobody's answer with it.
process.on('SIGTERM', () => { void app.close().then(() => pool.end()).then(() => process.exit(0)); });

await app.listen({ port: Number(PORT), host: HOST });
console.log(`listening on ${PORT}`);
