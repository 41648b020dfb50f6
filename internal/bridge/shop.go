package bridge

import (
	"maps"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/trigger"
	"rejoinder/internal/waking"
)

type shopTx interface {
	// Shop returns one shop; fault.NotFound if there is none.
	Shop(id string) (Shop, error)
	// LockShop is Shop, and keeps it from being changed until the transaction ends.
	LockShop(id string) (Shop, error)
	Shops() ([]Shop, error)
	SaveShop(Shop) error // creates or replaces name, link, zone and settings
}

type traceTx interface {
	AddTrace(Trace) error
	AddTraces([]Trace) error
	// TraceOf returns a customer's trace, newest first, at most limit entries before the given moment.
	TraceOf(shopID, customerID string, before time.Time, limit int) ([]Trace, error)
}

// Location is the shop's zone. A zone that cannot be loaded is UTC: SaveShop's callers check it first.
func (s Shop) Location() *time.Location {
	if loc, ok := waking.Zone(s.Zone); ok {
		return loc
	}
	return time.UTC
}

// Timing is when this shop speaks of an order and until when a reply counts.
func (s Shop) Timing() trigger.Timing {
	st := s.Settings
	t := trigger.Timing{LeadDays: or(st.LeadDays, 3), Hour: 11, Zone: s.Location(), CutOff: 24 * time.Hour}
	if st.NoticeHour != nil {
		t.Hour = *st.NoticeHour
	}
	if st.CutOffHours != nil {
		t.CutOff = time.Duration(*st.CutOffHours) * time.Hour
	}
	return t
}

// Check reports the first setting that cannot be used, as a fault that names its field.
func (s Shop) Check() error {
	if s.Name == "" {
		return fault.Field("name", "The shop needs a name; customers see it in their texts.")
	}
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "" || s.Zone == "Local" {
		return fault.Field("zone", "The time zone must be an IANA name such as America/New_York.")
	}
	if d := s.Settings.DelayDays; d < 0 || d > 90 {
		return fault.Field("delay_days", "A bare DELAY can move an order by 1 to 90 days.")
	}
	if h := s.Settings.Waking; h != nil {
		if err := h.Check(); err != nil {
			return err
		}
	}
	return s.Timing().Check()
}

// plansLike reports whether notices are planned as in another state of the shop.
func (s Shop) plansLike(o Shop) bool {
	t, u, h, k := s.Timing(), o.Timing(), s.Settings.wakingHours(), o.Settings.wakingHours()
	return s.Zone == o.Zone && t.LeadDays == u.LeadDays && t.Hour == u.Hour && t.CutOff == u.CutOff &&
		h.Days == k.Days && maps.Equal(h.States, k.States)
}

// Off reports whether the merchant has switched a trigger off.
func (s Settings) Off(n trigger.Name) bool {
	for _, o := range s.TriggersOff {
		if o == n {
			return true
		}
	}
	return false
}

// wakingHours are the texting half's hours, as far as they are known here.
func (s Settings) wakingHours() waking.Hours {
	if s.Waking != nil {
		return *s.Waking
	}
	return waking.Default()
}

// CommandOff reports whether the merchant has switched a reply command off.
func (s Settings) CommandOff(meaning string) bool {
	for _, o := range s.CommandsOff {
		if o == meaning {
			return true
		}
	}
	return false
}

// TriggerPrefix is what trigger names begin with in Postscript.
func (s Settings) TriggerPrefix() string { return or(s.Prefix, "Rejoinder") }

// or returns v, or def when v is its zero value.
func or[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}
