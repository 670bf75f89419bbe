-- A product that exists stays as it is: its price and stock are the shop's own by then.
INSERT INTO products (id, name, description, price_cents, stock, image_key) VALUES
  (1, 'Enamel kettle', 'Whistles when it is ready.', 4900, 40, 'products/enamel-kettle.jpg'),
  (2, 'Oak chopping board', 'End grain, kind to knives.', 6500, 25, 'products/oak-chopping-board.jpg'),
  (3, 'Linen apron', 'One size, two pockets.', 3200, 60, 'products/linen-apron.jpg'),
  (4, 'Copper "tea" strainer', 'Fine mesh & a long handle.', 1450, 80, 'products/copper-tea-strainer.jpg'),
  (5, 'Stoneware mug', 'Holds 350 ml, keeps it warm.', 1800, 120, 'products/stoneware-mug.jpg')
ON DUPLICATE KEY UPDATE id = products.id;
