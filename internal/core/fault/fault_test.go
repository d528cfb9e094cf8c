package fault_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"kontor/internal/core/fault"
)

func TestTheCauseStaysBehind(t *testing.T) {
	cause := errors.New("open /home/elena/secret: no such file")
	err := fmt.Errorf("loading: %w", fault.Wrap(cause, fault.Unavailable, "disk_full").With("free", "0"))
	if got, want := fault.JSON(err), `{"code":"unavailable","reason":"disk_full","params":{"free":"0"}}`; got != want {
		t.Errorf("JSON = %s, want %s", got, want)
	}
	if !errors.Is(err, cause) || !strings.Contains(err.Error(), "secret") {
		t.Error("the log must see the cause")
	}
	if fault.CodeOf(err) != fault.Unavailable || fault.ReasonOf(err) != "disk_full" {
		t.Errorf("code %q, reason %q", fault.CodeOf(err), fault.ReasonOf(err))
	}
}

func TestAnyOtherErrorIsInternal(t *testing.T) {
	err := errors.New("SELECT password FROM account")
	if got := fault.JSON(err); got != `{"code":"internal"}` {
		t.Errorf("JSON = %s", got)
	}
	if fault.CodeOf(err) != fault.Internal || fault.CodeOf(nil) != "" || fault.ReasonOf(err) != "" {
		t.Error("codes of foreign errors")
	}
}

func TestTheFirstRefusalOfAFieldStands(t *testing.T) {
	var inner, c fault.Check
	c.Refuse("quantity", "not_a_number")
	c.Refuse("quantity", "number_too_small", "min", "1")
	inner.Refuse("quantity", "required")
	c.Merge("", inner.Err())
	if got := fault.JSON(c.Err()); got != `{"code":"invalid","fields":[{"name":"quantity","code":"not_a_number"}]}` {
		t.Errorf("JSON = %s", got)
	}
}

func TestCheckGathersEveryRefusal(t *testing.T) {
	var inner, c fault.Check
	if c.Err() != nil {
		t.Fatal("nothing refused, nothing to say")
	}
	inner.Refuse("from", "number_too_small", "min", "1")
	c.Refuse("name", "required")
	c.Merge("tiers.2.", inner.Err())
	c.Merge("ignored.", errors.New("not a fault"))
	want := `{"code":"invalid","fields":[{"field":"name","code":"required"},{"field":"tiers.2.from","code":"number_too_small","params":{"min":"1"}}]}`
	if got := fault.JSON(c.Err()); got != strings.ReplaceAll(want, `"field"`, `"name"`) {
		t.Errorf("JSON = %s", got)
	}
}
