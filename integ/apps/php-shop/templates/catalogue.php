<?php

use Shop\View;

?>
<h1>Catalogue</h1>
<ul class="products">
<?php foreach ($products as $product): ?>
  <li id="product-<?= View::text($product['id']) ?>">
    <img src="<?= View::image($product['image_key']) ?>" alt="" loading="lazy" width="320" height="240">
    <h2><?= View::text($product['name']) ?></h2>
    <p><?= View::text($product['description']) ?></p>
    <p class="price"><?= View::price($product['price_cents']) ?></p>
    <form method="post" action="/cart">
      <?= View::csrfField() ?>
      <input type="hidden" name="product" value="<?= View::text($product['id']) ?>">
      <input type="number" name="quantity" value="1" min="1" max="99" aria-label="Quantity">
      <button>Add to cart</button>
    </form>
  </li>
<?php endforeach ?>
</ul>
