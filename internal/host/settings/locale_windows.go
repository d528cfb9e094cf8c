package settings

import (
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"
)

var localeName = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetUserDefaultLocaleName")

// systemPreferences asks once: Windows applies a change at the next sign-in.
var systemPreferences = sync.OnceValue(func() (p preferences) {
	p.languages, _ = windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME) // none: English
	var name [85]uint16                                                             // LOCALE_NAME_MAX_LENGTH
	if n, _, _ := localeName.Call(uintptr(unsafe.Pointer(&name[0])), uintptr(len(name))); n > 0 {
		p.figures = windows.UTF16ToString(name[:])
	}
	return p
})
