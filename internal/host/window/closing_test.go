package window

import (
	"testing"
	"time"
)

// The clock of these tests runs out when it is told to.
func closingFor(t *testing.T) (c *closing, asked, quit *int, runOut func()) {
	t.Helper()
	asked, quit = new(int), new(int)
	var late func()
	c = newClosing()
	c.after = func(_ time.Duration, f func()) func() bool {
		late = f
		return func() bool { late = nil; return true }
	}
	c.ask = func() { *asked++ }
	c.quit = func() { *quit++ }
	return c, asked, quit, func() {
		if late != nil {
			late()
		}
	}
}

func TestAWindowWithoutFormsClosesAtOnce(t *testing.T) {
	c, asked, _, _ := closingFor(t)
	if !c.may() || *asked != 0 {
		t.Errorf("asked %d times", *asked)
	}
	c.has(2)
	c.has(0)
	if !c.may() {
		t.Error("the forms are gone, and the window stays")
	}
}

func TestAWindowWithFormsClosesWhenThePageLetsGo(t *testing.T) {
	c, asked, quit, runOut := closingFor(t)
	c.has(1)
	if c.may() || *asked != 1 {
		t.Fatalf("may close, asked %d times", *asked)
	}
	c.asking()
	runOut()
	if *quit != 0 {
		t.Fatal("the window went while the person was asked")
	}
	if c.may() || *asked != 2 {
		t.Fatal("closing again asks again")
	}
	c.asking()
	c.release()
	if *quit != 1 || !c.may() {
		t.Error("the page let go, and the window stays")
	}
}

func TestAPageThatDoesNotAnswerCannotKeepTheWindow(t *testing.T) {
	c, asked, quit, runOut := closingFor(t)
	c.has(1)
	if first, second := c.may(), c.may(); first || second || *asked != 1 {
		t.Fatalf("asked %d times", *asked)
	}
	runOut()
	if *quit != 1 || !c.may() {
		t.Error("a stuck page keeps the window open")
	}
}

func TestTheSystemEndsAWindowWithFormsWithoutAQuestion(t *testing.T) {
	c, asked, quit, _ := closingFor(t)
	c.has(1)
	c.end()
	if !c.may() || *asked != 0 || *quit != 0 {
		t.Errorf("asked %d times, closed %d times", *asked, *quit)
	}

	c, asked, quit, _ = closingFor(t) // Wails had the signal first
	c.has(1)
	if c.may() || *asked != 1 {
		t.Fatalf("asked %d times", *asked)
	}
	c.asking()
	c.end()
	if *quit != 1 || !c.may() {
		t.Errorf("closed %d times, and the window stays", *quit)
	}
}
