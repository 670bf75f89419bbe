<?php echo "report";
