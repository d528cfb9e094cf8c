package session

import (
	"slices"
	"strconv"
	"time"
)

// The rules by which a session stands out. Each explains itself and can be silenced for a device.
const (
	RuleNewDevice  = "new_device"        // a computer and system never seen on this account before
	RuleNewNetwork = "new_network"       // a local network never seen before
	RuleIdle       = "idle"              // alive, but not active for long
	RuleOddHour    = "unusual_hour"      // begun at an hour at which this person never begins
	RuleTravel     = "impossible_travel" // begun where nobody gets to in the time since the person was elsewhere
)

var rules = []string{RuleNewDevice, RuleNewNetwork, RuleIdle, RuleOddHour, RuleTravel}

func isRule(rule string) bool { return slices.Contains(rules, rule) }

const (
	idleAfter   = 60 * 24 * time.Hour
	settled     = 20                  // sign-ins before habits are judged; fewer say nothing
	hourMargin  = 3                   // hours on either side of an hour at which the person was seen
	recentAlert = 30 * 24 * time.Hour // a device or network is new for so long
)

// Highlight is one rule that applies, with what fills its sentence.
type Highlight struct {
	Rule   string            `json:"rule"` // its words are session_rule_<rule>
	Params map[string]string `json:"params"`
}

// Unusual tells whether the highlight asks for a look; that a session is idle does not.
func (h Highlight) Unusual() bool { return h.Rule != RuleIdle }

type silence struct{ device, rule string }

// custom is what a session is judged by.
type custom struct {
	history []Session // of the account, the session itself included
	quiet   map[silence]bool
	places  map[string]Place // by network
	zone    *time.Location   // in which the person's hours are
	now     time.Time
}

// highlights judges one living session. It is a pure function of its arguments; on one person's routine it says nothing.
func (c custom) highlights(one Session) []Highlight {
	found := []Highlight{}
	add := func(rule string, params ...string) {
		if c.quiet[silence{one.Device.Key(), rule}] {
			return
		}
		h := Highlight{Rule: rule, Params: map[string]string{}}
		for i := 0; i+1 < len(params); i += 2 {
			h.Params[params[i]] = params[i+1]
		}
		found = append(found, h)
	}
	earlier := 0
	device, network := false, false
	var hours [24]bool
	for _, other := range c.history {
		if other.ID == one.ID || !other.FirstSeen.Before(one.FirstSeen) {
			continue
		}
		earlier++
		device = device || other.Device.Key() == one.Device.Key()
		network = network || networkOf(other.Device.Address) == networkOf(one.Device.Address)
		hours[other.FirstSeen.In(c.zone).Hour()] = true
	}
	fresh := c.now.Sub(one.FirstSeen) < recentAlert
	if earlier > 0 && !device && fresh {
		add(RuleNewDevice, "device", one.Device.Name, "system", one.Device.System)
	}
	if earlier > 0 && !network && fresh && one.Device.Address != "" {
		add(RuleNewNetwork, "address", one.Device.Address)
	}
	if idle := c.now.Sub(one.LastActive); idle >= idleAfter {
		add(RuleIdle, "days", strconv.Itoa(int(idle.Hours()/24)))
	}
	if hour := one.FirstSeen.In(c.zone).Hour(); earlier >= settled && fresh && !near(hours, hour) {
		add(RuleOddHour, "hour", strconv.Itoa(hour), "before", strconv.Itoa(earlier))
	}
	if j, impossible := travelled(one, c.history, c.places); impossible && fresh {
		add(RuleTravel, "from", j.from.Name, "to", j.to.Name, "km", strconv.Itoa(j.km), "minutes", strconv.Itoa(int(j.took.Minutes())))
	}
	return found
}

func near(hours [24]bool, hour int) bool {
	for d := -hourMargin; d <= hourMargin; d++ {
		if hours[(hour+d+24)%24] {
			return true
		}
	}
	return false
}

// silenced are the rules that the person does not want to see of a device.
func (c custom) silenced(d Device) []string {
	list := []string{}
	for _, rule := range rules {
		if c.quiet[silence{d.Key(), rule}] {
			list = append(list, rule)
		}
	}
	return list
}
