package settings

import (
	"context"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// systemPreferences asks once: macOS tells a program that runs to be started again.
var systemPreferences = sync.OnceValue(func() preferences {
	return preferences{languages: propertyList(read("AppleLanguages")), figures: strings.TrimSpace(read("AppleLocale"))}
})

// read is a setting as macOS prints it; "" where there is none.
func read(name string) string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	text, err := exec.CommandContext(ctx, "/usr/bin/defaults", "read", "-g", name).Output()
	if err != nil {
		return ""
	}
	return string(text)
}
