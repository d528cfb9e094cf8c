package clipboard

import (
	"context"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// native is the pasteboard of macOS, by way of its own scripting: the text goes in through a pipe, where no list of
// processes shows it. A secret is marked as nspasteboard.org has agreed.
type native struct{}

const (
	putScript = `ObjC.import('AppKit');
function run(argv) {
	const bytes = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile;
	const text = $.NSString.alloc.initWithDataEncoding(bytes, $.NSUTF8StringEncoding);
	const board = $.NSPasteboard.generalPasteboard;
	board.clearContents;
	if (!board.setStringForType(text, 'public.utf8-plain-text')) throw new Error('refused');
	if (argv[0] === 'secret') board.setStringForType('', 'org.nspasteboard.ConcealedType');
	return board.changeCount;
}`
	clearScript = `ObjC.import('AppKit');
function run(argv) {
	const board = $.NSPasteboard.generalPasteboard;
	if (String(board.changeCount) === argv[0]) board.clearContents;
}`
)

func script(text, source string, argument string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "/usr/bin/osascript", "-l", "JavaScript", "-e", source, argument)
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

func (native) put(text string, secret bool) (uint64, error) {
	kind := "plain"
	if secret {
		kind = "secret"
	}
	count, err := script(text, putScript, kind)
	if err != nil {
		return 0, err
	}
	return strconv.ParseUint(count, 10, 64)
}

func (native) clear(mark uint64) { _, _ = script("", clearScript, strconv.FormatUint(mark, 10)) }
