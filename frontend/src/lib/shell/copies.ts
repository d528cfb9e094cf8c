/** Why a copy of the workspace was made, as internal/host/sqlite names it. */
import { m } from '$lib/i18n';

const WHY: Record<string, () => string> = {
  daily: m.shell_copy_daily,
  asked: m.shell_copy_asked,
  'before-update': m.shell_copy_before_update,
  'before-restore': m.shell_copy_before_restore,
  'before-import': m.shell_copy_before_import,
  'before-deletion': m.shell_copy_before_deletion,
  'after-deletion': m.shell_copy_after_deletion,
};

export const whyCopied = (copy: { why: string }) => WHY[copy.why]?.() ?? copy.why;
