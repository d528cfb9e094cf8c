//go:build linux && cgo && webkit2_41

package clipboard

/*
#cgo pkg-config: gtk+-3.0
#include <stdlib.h>

void kontor_clipboard_put(char *text, int secret, unsigned long mark);
void kontor_clipboard_clear(unsigned long mark);
*/
import "C"

import "sync/atomic"

// native hands texts to GTK, which gives them out for as long as the program runs: a secret is gone with it. It may be
// called from any thread.
type native struct{}

var marks atomic.Uint64

func (native) put(text string, secret bool) (uint64, error) {
	mark, hidden := marks.Add(1), C.int(0)
	if secret {
		hidden = 1
	}
	C.kontor_clipboard_put(C.CString(text), hidden, C.ulong(mark)) // the text is freed there
	return mark, nil
}

func (native) clear(mark uint64) { C.kontor_clipboard_clear(C.ulong(mark)) }
