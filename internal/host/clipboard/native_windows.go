package clipboard

import (
	"errors"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// native is the clipboard of Windows. A secret is kept out of its history, of its cloud and of whoever watches it.
type native struct{}

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")

	openClipboard  = user32.NewProc("OpenClipboard")
	closeClipboard = user32.NewProc("CloseClipboard")
	emptyClipboard = user32.NewProc("EmptyClipboard")
	setData        = user32.NewProc("SetClipboardData")
	sequence       = user32.NewProc("GetClipboardSequenceNumber")
	registerFormat = user32.NewProc("RegisterClipboardFormatW")
	globalAlloc    = kernel32.NewProc("GlobalAlloc")
	globalLock     = kernel32.NewProc("GlobalLock")
	globalUnlock   = kernel32.NewProc("GlobalUnlock")
	globalFree     = kernel32.NewProc("GlobalFree")
	moveMemory     = kernel32.NewProc("RtlMoveMemory")
)

const (
	unicodeText = 13 // CF_UNICODETEXT
	moveable    = 2  // GMEM_MOVEABLE
)

// secretFormats are named in Microsoft's "Clipboard formats"; each holds a DWORD of 0, which means "no" where it is read.
var secretFormats = []string{"ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"}

var errTaken = errors.New("clipboard: another program holds it")

func (native) put(text string, secret bool) (uint64, error) {
	units, err := windows.UTF16FromString(text)
	if err != nil {
		return 0, ErrText
	}
	return held(func() error {
		if err := set(unicodeText, unsafe.Pointer(&units[0]), uintptr(len(units))*2); err != nil {
			return err
		}
		if !secret {
			return nil
		}
		var no uint32
		for _, name := range secretFormats {
			wide, err := windows.UTF16PtrFromString(name)
			if err != nil {
				return err
			}
			format, _, _ := registerFormat.Call(uintptr(unsafe.Pointer(wide)))
			if err := set(format, unsafe.Pointer(&no), unsafe.Sizeof(no)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (native) clear(mark uint64) {
	if now, _, _ := sequence.Call(); uint64(now) == mark {
		_, _ = held(func() error { return nil })
	}
}

// held opens and empties the clipboard, lets it be filled, and returns the number that Windows gives to this content.
func held(fill func() error) (uint64, error) {
	runtime.LockOSThread() // the clipboard belongs to a thread
	defer runtime.UnlockOSThread()
	for try := 0; ; try++ {
		if ok, _, _ := openClipboard.Call(0); ok != 0 {
			break
		}
		if try == 20 {
			return 0, errTaken
		}
		time.Sleep(10 * time.Millisecond)
	}
	_, _, _ = emptyClipboard.Call()
	err := fill()
	if err != nil {
		_, _, _ = emptyClipboard.Call()
	}
	_, _, _ = closeClipboard.Call()
	mark, _, _ := sequence.Call()
	return uint64(mark), err
}

// set hands a copy of the bytes to Windows, which frees it.
func set(format uintptr, from unsafe.Pointer, size uintptr) error {
	memory, _, err := globalAlloc.Call(moveable, size)
	if memory == 0 {
		return err
	}
	at, _, err := globalLock.Call(memory)
	if at == 0 {
		return err
	}
	_, _, _ = moveMemory.Call(at, uintptr(from), size)
	_, _, _ = globalUnlock.Call(memory)
	if ok, _, err := setData.Call(format, memory); ok == 0 {
		_, _, _ = globalFree.Call(memory)
		return err
	}
	return nil
}
