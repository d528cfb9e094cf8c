package wordcheck

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// Use is something in the program that a person sees as words.
type Use struct {
	Key     string // of the message
	At      string // file:line
	Spelled bool   // the page names the key: it has a table of these codes, with one line for each
}

// sink is a parameter whose values are shown as the message of a prefix and the value.
type sink struct {
	name   string // path:function or path:Type.method
	index  int
	prefix string
}

// sinks are where codes leave for a person.
var sinks = []sink{
	{"internal/core/fault:New", 1, "reason_"},
	{"internal/core/fault:Wrap", 2, "reason_"},
	{"internal/core/fault:Check.Refuse", 1, "field_"},
	{"internal/core/words:Book.T", 0, ""},
}

// fields are the fields of structs that are shown in the same way.
var fields = []struct {
	name, field, prefix string
	spelled             bool
}{
	{"internal/core/waiting:Line", "Kind", "home_", false},
	{"internal/flow/safety:Kind", "Name", "settings_copy_", false},
	{"internal/core/obstacle:Obstacle", "Kind", "reason_organization_", false},
	{"internal/area/activity:Rejected", "Reason", "field_", false},
	{"internal/core/input:Rejected", "Code", "field_", false},
	{"internal/area/transfer:Check", "Note", "transfer_n_", true},
	{"internal/area/transfer:Note", "Code", "transfer_x_", true},
}

// catalogues are the types of which every constant is shown.
var catalogues = []struct {
	name, prefix string
	spelled      bool
}{
	{"internal/host/audit:Action", "act_action_", false},
	{"internal/host/audit:Product", "act_product_", false},
	{"internal/host/audit:Result", "act_result_", false},
	{"internal/core/fault:Code", "fault_", false},
	{"internal/core/access:Role", "organization_role_", true},
	{"internal/core/pricing:Origin", "partner_origin_", true},
	{"internal/core/pricing:Rule", "partner_rule_", true},
	{"internal/core/pricing:StepKind", "partner_step_", true},
	{"internal/host/mail:State", "settings_mail_", true},
	{"internal/host/manager:Kind", "todo_", false},
	{"internal/host/picture:Kind", "profile_meta_", true},
	{"internal/area/activity:Damage", "activity_damage_", true},
	{"internal/area/activity:Field", "act_column_", false},
	{"internal/area/branding:Hint", "branding_hint_", true},
	{"internal/area/branding:Match", "branding_check_", true},
	{"internal/area/branding:Repair", "branding_repair_", true},
	{"internal/core/vat:Ground", "client_tax_why_", true},
	{"internal/core/vat:Sentence", "client_tax_says_", true},
	{"internal/area/client:Role", "client_role_", true},
	{"internal/area/client:State", "client_state_", true},
	{"internal/area/organization:Kind", "organization_kind_", true},
	{"internal/area/payment:Status", "payment_status_", true},
	{"internal/area/prepaid:Kind", "prepaid_entry_", true},
	{"internal/area/prepaid:State", "prepaid_state_", true},
	{"internal/area/quote:State", "quote_state_", true},
	{"internal/area/session:Method", "session_method_", true},
	{"internal/area/session:EndedBy", "session_ended_", true},
	{"internal/area/transfer:Cause", "transfer_cause_", true},
	{"internal/area/transfer:Cause", "transfer_do_", true},
	{"internal/area/transfer:Cause", "transfer_why_", true},
	{"internal/area/transfer:DeadlineKind", "transfer_d_", true},
	{"internal/area/transfer:Hand", "transfer_hand_", true},
	{"internal/area/transfer:Question", "transfer_q_", true},
	{"internal/area/transfer:Renewal", "transfer_renewal_", true},
	{"internal/area/transfer:Stage", "transfer_stage_", true},
	{"internal/area/transfer:Verdict", "transfer_v_", true},
}

// Uses are all keys that the program needs, and the places where nobody can tell which: those have to be written so
// that one can.
func (p *Program) Uses() (uses []Use, unclear []string) {
	c := collector{Program: p, uses: map[Use]bool{}, unclear: map[string]bool{}, done: map[asked]bool{}}
	for _, s := range sinks {
		fn, ok := p.named(s.name).(*types.Func)
		if !ok {
			c.unclear[s.name+" does not exist any more"] = true
			continue
		}
		c.param(asked{param{fn, s.index}, shown{s.prefix, false}})
	}
	for _, f := range fields {
		c.field(f.name, f.field, shown{f.prefix, f.spelled})
	}
	for _, k := range catalogues {
		named, ok := p.named(k.name).(*types.TypeName)
		if !ok {
			c.unclear[k.name+" does not exist any more"] = true
			continue
		}
		for _, v := range p.constants(named.Type().(*types.Named)) { //nolint:forcetypeassert // a declared type
			c.use(shown{k.prefix, k.spelled}, v, named.Pos())
		}
	}
	c.ids()
	c.names()
	c.reasons()
	return slices.SortedFunc(maps.Keys(c.uses), func(a, b Use) int {
		return strings.Compare(a.Key+" "+a.At, b.Key+" "+b.At)
	}), slices.Sorted(maps.Keys(c.unclear))
}

// shown is how a code becomes a key.
type shown struct {
	prefix  string
	spelled bool
}

type asked struct {
	param
	shown
}

type collector struct {
	*Program
	uses    map[Use]bool
	unclear map[string]bool
	done    map[asked]bool
}

func (c *collector) at(pos token.Pos) string {
	at := c.fset.Position(pos)
	_, file, _ := strings.Cut(at.Filename, "/internal/")
	if file == "" {
		file = at.Filename
	}
	return fmt.Sprintf("%s:%d", file, at.Line)
}

func (c *collector) use(as shown, value string, pos token.Pos) {
	if value != "" { // no reason is told, the code alone speaks
		c.uses[Use{as.prefix + value, c.at(pos), as.spelled}] = true
	}
}

func (c *collector) take(f *found, as shown, pos token.Pos) {
	for v := range f.values {
		c.use(as, v, pos)
	}
	for q := range f.params {
		c.param(asked{q, as})
	}
	for u := range f.unknown {
		c.unclear[c.at(u)+": which "+as.prefix+"… this is cannot be told"] = true
	}
}

// param looks at what all callers hand in.
func (c *collector) param(a asked) {
	if c.done[a] {
		return
	}
	c.done[a] = true
	for _, call := range c.calls[a.fn] {
		if a.index < len(call.Args) {
			c.take(c.values(call.Args[a.index]), a.shown, call.Pos())
		}
	}
}

func (c *collector) field(name, field string, as shown) {
	t := c.named(name)
	if t == nil {
		c.unclear[name+" does not exist any more"] = true
		return
	}
	st := t.Type().Underlying().(*types.Struct) //nolint:forcetypeassert // named above as one
	for i := range st.NumFields() {
		if f := st.Field(i); f.Name() == field {
			for _, e := range c.flow[f] {
				c.take(c.values(e), as, e.Pos())
			}
		}
	}
}

// ids looks at words.Of, whose second argument is a prefix and whose third has a type with constants.
func (c *collector) ids() {
	of, _ := c.named("internal/core/words:Of").(*types.Func)
	for _, call := range c.calls[of] {
		prefixes, ids := c.values(call.Args[1]), c.values(call.Args[2])
		for prefix := range prefixes.values {
			c.take(ids, shown{prefix, false}, call.Pos())
		}
		for u := range prefixes.unknown {
			c.unclear[c.at(u)+": which prefix this is cannot be told"] = true
		}
	}
}

// names looks at words.Names, whose first argument holds the keys.
func (c *collector) names() {
	fn, _ := c.named("internal/core/words:Names").(*types.Func)
	for _, call := range c.calls[fn] {
		f := newFound()
		c.elements(call.Args[0], f, map[any]bool{})
		c.take(f, shown{"", false}, call.Pos())
	}
}

// reasons looks at the constants that are called Reason…: some are kept in tables before anybody reads them.
func (c *collector) reasons() {
	for id, o := range c.info.Uses {
		if k, ok := o.(*types.Const); ok && strings.HasPrefix(k.Name(), "Reason") && k.Pkg() != nil && c.ours(k.Pkg()) {
			c.use(shown{"reason_", false}, text(k.Val()), id.Pos())
		}
	}
}

// Places checks that who names arguments of a constant key names exactly the places of its text.
func (p *Program) Places(places func(key string) []string) (wrong []string) {
	c := collector{Program: p}
	for _, s := range []struct {
		name       string
		key, first int
	}{{"internal/core/words:Book.T", 0, 1}} {
		fn, _ := p.named(s.name).(*types.Func)
		for _, call := range p.calls[fn] {
			key := p.info.Types[call.Args[s.key]].Value
			if key == nil || call.Ellipsis.IsValid() {
				continue
			}
			given := []string{}
			for i := s.first; i < len(call.Args); i += 2 {
				if v := p.info.Types[call.Args[i]].Value; v != nil {
					given = append(given, text(v))
				}
			}
			for _, place := range places(text(key)) {
				if !slices.Contains(given, place) {
					wrong = append(wrong, fmt.Sprintf("%s: %s needs %q", c.at(call.Pos()), text(key), place))
				}
			}
		}
	}
	return wrong
}

// Strings are all texts that stand in the program as constants.
func (p *Program) Strings() map[string]bool {
	all := map[string]bool{}
	for _, tv := range p.info.Types {
		if tv.Value != nil {
			all[text(tv.Value)] = true
		}
	}
	return all
}

// Written are the texts that areas write into entries of the journal, as far as they are constants or codes of a type.
func (p *Program) Written() []Use {
	c := collector{Program: p, uses: map[Use]bool{}, unclear: map[string]bool{}, done: map[asked]bool{}}
	for _, field := range []string{"ObjectName", "Old", "New"} {
		c.field("internal/host/audit:Entry", field, shown{})
	}
	return slices.SortedFunc(maps.Keys(c.uses), func(a, b Use) int { return strings.Compare(a.Key+" "+a.At, b.Key+" "+b.At) })
}
