package transfer

import "strings"

// countRecords counts the DNS records of a noted zone: lines that say something and are no comment or directive.
func countRecords(zone string) int {
	n := 0
	for line := range strings.Lines(zone) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, ";") && !strings.HasPrefix(line, "$") && !strings.HasPrefix(line, "#") {
			n++
		}
	}
	return n
}
