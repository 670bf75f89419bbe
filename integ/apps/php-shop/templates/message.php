<?php

use Shop\View;

?>
<p><?= View::text($text) ?></p>
