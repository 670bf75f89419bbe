export const up = pgm => {
  pgm.createTable('items', {
    id: 'id',
    title: { type: 'text', notNull: true },
    created_at: { type: 'timestamptz', notNull: true, default: pgm.func('now()') },
  });
};
