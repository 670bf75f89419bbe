<?php

use Shop\View;

?>
<h1>Log in</h1>
<?php if ($error !== null): ?>
<p class="error"><?= View::text($error) ?></p>
<?php endif ?>
<form method="post" action="/login" class="stacked">
  <?= View::csrfField() ?>
  <label>Name <input name="name" autocomplete="username" required></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  <button>Log in</button>
</form>
<p class="hint">You come from <span id="visitor"><?= View::text($_SERVER['REMOTE_ADDR']) ?> by <?= ($_SERVER['HTTPS'] ?? '') === 'on' ? 'https' : 'http' ?></span>.</p>
