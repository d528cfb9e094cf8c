package window

import (
	"slices"
	"testing"
)

func TestEventsWaitForThePageAndKeepTheirOrder(t *testing.T) {
	var sent []string
	e := early{emit: func(name string, data ...any) { sent = append(sent, name+data[0].(string)) }}
	e.send("job", "1")
	e.send("job", "2")
	if len(sent) != 0 {
		t.Errorf("sent without a page: %v", sent)
	}
	e.ready()
	e.send("job", "3")
	e.ready() // the page was loaded anew
	if want := []string{"job1", "job2", "job3"}; !slices.Equal(sent, want) {
		t.Errorf("sent %v, want %v", sent, want)
	}
}
