package waking

import (
	"sync"
	"time"

	"github.com/nyaruka/phonenumbers"

	"rejoinder/internal/fault"
)

// placeless is the number of candidate zones from which a list names a country rather than a place. Numbers of
// one place have at most 8 (a test looks at every prefix in the library). Toll-free, 5xx, 900 and unused codes
// of the North American plan have all its 42, unused codes of +7 have 16: no hour, or one, is waking in all.
const placeless = 13

// Recipient returns the zones a recipient may be in, from the best that is known:
//
//   - addressZone, the IANA zone of their address, if it is one ("" if not known);
//   - else every zone phone (E.164, may be "") can belong to, since numbers of some places lie in several;
//   - else shopZone, with narrow true: the caller then uses [Narrow] hours.
//
// The error, of kind [fault.Invalid] with field "zone", says that shopZone was needed and is no IANA zone.
// Never log the arguments: phone is personal.
func Recipient(addressZone, phone, shopZone string) (z Zones, narrow bool, err error) {
	if loc, ok := Zone(addressZone); ok {
		return Zones{loc}, false, nil
	}
	if z := byNumber(phone); len(z) > 0 {
		return z, false, nil
	}
	loc, ok := Zone(shopZone)
	if !ok {
		return nil, false, fault.Field("zone", "The shop's time zone %q is not one we know. Choose one such as America/New_York.", shopZone)
	}
	return Zones{loc}, true, nil
}

// byNumber returns the zones of a number, none if it says nothing of the place.
func byNumber(phone string) Zones {
	number, err := phonenumbers.Parse(phone, "ZZ") // ZZ: no country to assume, the + is needed
	if err != nil {
		return nil
	}
	names, err := phonenumbers.GetTimezonesForNumber(number)
	if err != nil || len(names) >= placeless {
		return nil
	}
	z := make(Zones, 0, len(names))
	for _, name := range names {
		loc, ok := Zone(name)
		if !ok { // also what the library answers for unknown numbers; a zone left out could be the right one
			return nil
		}
		z = append(z, loc)
	}
	return z
}

// loaded keeps zones by name, because reading one costs fifty times what planning in it does. It holds only
// names the time-zone database has, so it cannot grow beyond that.
var loaded sync.Map // string to *time.Location

// Zone returns the zone of an IANA name. Local and the empty name, which time.LoadLocation would take for this
// machine's zone and for UTC, are no zones of anybody.
func Zone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	if loc, ok := loaded.Load(name); ok {
		return loc.(*time.Location), true
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, false
	}
	loaded.Store(name, loc)
	return loc, true
}
