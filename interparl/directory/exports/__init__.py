"""Taking data out: the directory as Popolo JSON, every register as CSV and XLSX."""

from interparl.directory.exports.asking import Asked
from interparl.directory.exports.files import CONTENT, ENDINGS, write_file
from interparl.directory.exports.origin import installation_name
from interparl.directory.exports.popolo import popolo_parts

__all__ = ["CONTENT", "ENDINGS", "Asked", "installation_name", "popolo_parts", "write_file"]
