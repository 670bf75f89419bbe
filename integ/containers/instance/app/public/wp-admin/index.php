<?php
// The part of a content management system that those who write for it see: a folder with a script of its own.
require dirname(__DIR__) . '/index.php';
