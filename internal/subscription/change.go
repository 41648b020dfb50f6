package subscription

import (
	"slices"

	"rejoinder/internal/fault"
)

// keptSkips is how many skipped dates a subscription remembers.
const keptSkips = 12

// change returns a copy of a in which do has been applied to the subscriptions with those ids, each once. The
// account passed in, and every slice in it, stays as it was. If any refuses, none is changed.
func change(a Account, ids []string, do func(*Subscription) error) (Account, error) {
	if len(ids) == 0 {
		return Account{}, fault.New(fault.Invalid, "Name at least one subscription.")
	}
	out := a
	out.Subscriptions = slices.Clone(a.Subscriptions)
	for n, id := range ids {
		if slices.Contains(ids[:n], id) {
			continue
		}
		i := out.index(id)
		if i < 0 {
			return Account{}, fault.New(fault.NotFound, "There is no such subscription.")
		}
		if err := do(&out.Subscriptions[i]); err != nil {
			return Account{}, err
		}
	}
	return out, nil
}

// due returns a Conflict that says why, unless the next order of s is on that date.
func (s *Subscription) due(on Date) error {
	coming := s.Coming()
	switch {
	case coming.IsZero():
		return s.notActive()
	case on.IsZero():
		return fault.New(fault.Invalid, "Say which order date is meant.")
	case coming != on && slices.Contains(s.Skipped, on):
		return fault.New(fault.Conflict, "The order of %s has already been skipped; the next one is on %s.", on.Long(), coming.Friendly(on))
	case coming != on:
		return fault.New(fault.Conflict, "There is no order on %s; the next one is on %s.", on.Long(), coming.Friendly(on))
	}
	return nil
}

func (s *Subscription) notActive() error {
	switch s.Status {
	case Paused:
		return fault.New(fault.Conflict, "This subscription is paused; resume it first.")
	case Expired:
		return fault.New(fault.Conflict, "This subscription has ended.")
	}
	return fault.New(fault.Conflict, "This subscription is cancelled.")
}

// skip notes a skipped date, sorted, the newest keptSkips of them, in a new slice. While a pause lasts Next does not
// move, so that the skips after the pause are kept, however many: they alone say where the orders go on.
func (s *Subscription) skip(on Date) {
	list := append(slices.Clone(s.Skipped), on)
	slices.SortFunc(list, Date.Compare)
	list = slices.Compact(list)
	for len(list) > keptSkips && (s.Status != Paused || list[0].Before(s.PausedUntil)) {
		list = list[1:]
	}
	s.Skipped = list
}

// unskip forgets a skipped date, in a new slice.
func (s *Subscription) unskip(on Date) {
	var list []Date
	for _, d := range s.Skipped {
		if d != on {
			list = append(list, d)
		}
	}
	s.Skipped = list
}

// Skip leaves out the order of one date: the next one comes an interval later, and the date is noted in Skipped.
// The next order of each subscription must be on that date, otherwise the error is Conflict; so skipping the
// same date again never skips a second order. The first order after a pause can be skipped while the pause lasts;
// the pause stays, and so do the orders that resuming early would bring.
func Skip(a Account, ids []string, on Date) (Account, error) {
	return change(a, ids, func(s *Subscription) error {
		if err := s.due(on); err != nil {
			return err
		}
		next := s.following(on)
		if next.IsZero() {
			return fault.New(fault.Conflict, "This subscription has no interval to go on with.")
		}
		if s.Next == on {
			s.Next = next
		}
		s.skip(on)
		return nil
	})
}

// Unskip brings back the order of a skipped date. Next returns to that date, unless an earlier order still
// stands before it; the orders after it follow along the interval. The error is Conflict when the date is not
// among the skipped ones, lies before today or in a pause, or the cadence no longer leads over it.
func Unskip(a Account, ids []string, on, today Date) (Account, error) {
	return change(a, ids, func(s *Subscription) error {
		switch {
		case s.Coming().IsZero(), on.Before(s.PausedUntil):
			return s.notActive()
		case !slices.Contains(s.Skipped, on):
			return fault.New(fault.Conflict, "The order of %s has not been skipped.", on.Long())
		case on.Before(today):
			return fault.New(fault.Conflict, "The order of %s is over and cannot come back.", on.Long())
		}
		s.unskip(on)
		if !on.Before(s.Next) {
			if s.Interval.FirstFrom(s.Next, s.Anchor, on) != on {
				return fault.New(fault.Conflict, "The orders have moved since; the one of %s cannot come back.", on.Long())
			}
			return nil
		}
		s.Next = on
		if s.Interval.Unit == Month && anchored(on.Year(), on.Month(), s.Anchor) != on {
			s.Anchor = on.Day() // a delay has moved the anchor since; the cadence starts from on again
		}
		return nil
	})
}

// Delay moves the order of one date to a later one, and the orders after it follow from there: a monthly
// subscription comes back to the new day of the month. The next order of each subscription must be on the date,
// otherwise the error is Conflict; Invalid when to is not later. A pause stays: what is delayed then is the first
// order after it.
func Delay(a Account, ids []string, on, to Date) (Account, error) {
	return change(a, ids, func(s *Subscription) error {
		if err := s.due(on); err != nil {
			return err
		}
		if !to.After(on) {
			return fault.Field("date", "Choose a date after %s.", on.Long())
		}
		s.Next = to
		s.Anchor = s.Interval.AnchorOf(to)
		s.unskip(to) // chosen now: an older skip of that day no longer counts
		return nil
	})
}

// Pause holds the subscriptions until a date, or until somebody resumes them when until is no date. Pausing
// what is paused changes the date. The error is Conflict for a subscription that is over.
func Pause(a Account, ids []string, until Date) (Account, error) {
	return change(a, ids, func(s *Subscription) error {
		if !s.Status.Live() {
			return s.notActive()
		}
		s.Status, s.PausedUntil = Paused, until
		return nil
	})
}

// Resume lets paused subscriptions go on. The next order keeps its date if that is after today, otherwise it is
// the first date of the old cadence that is: an order of today would be due at once, and nobody who resumes
// means that. A subscription that never had a date starts an interval from today. The error is Conflict for a
// subscription that is not paused.
func Resume(a Account, ids []string, today Date) (Account, error) {
	return change(a, ids, func(s *Subscription) error {
		switch s.Status {
		case Active:
			return fault.New(fault.Conflict, "This subscription is not paused.")
		case Paused:
			if s.Status, s.PausedUntil = Active, (Date{}); s.Next.IsZero() {
				s.Next = s.following(today)
				s.Anchor = s.Interval.AnchorOf(s.Next)
			} else if next := s.firstFrom(today.AddDays(1)); !next.IsZero() {
				s.Next = next
			}
			return nil
		}
		return s.notActive()
	})
}

// Cancel ends subscriptions for good. The error is Conflict for one that is over already.
func Cancel(a Account, ids []string) (Account, error) {
	return change(a, ids, func(s *Subscription) error {
		if !s.Status.Live() {
			return s.notActive()
		}
		s.Status, s.Next, s.PausedUntil = Cancelled, Date{}, Date{}
		return nil
	})
}

// Roll carries on every active subscription whose order date has come (today or a day before) to its first date
// after today, and returns the orders that came due, earliest first, as they stood before: an order is due when
// its day begins in the shop's zone. Each subscription comes due once, on the date people were told: after a
// long downtime the dates in between are passed over, because charging for several orders at once helps nobody.
func Roll(a Account, today Date) (Account, []Order) {
	out := a
	out.Subscriptions = slices.Clone(a.Subscriptions)
	byDate := map[Date][]Subscription{}
	for i := range out.Subscriptions {
		s := &out.Subscriptions[i]
		if s.Status != Active || s.Next.IsZero() || s.Next.After(today) {
			continue
		}
		if next := s.firstFrom(today.AddDays(1)); !next.IsZero() {
			byDate[s.Next] = append(byDate[s.Next], *s)
			s.Next = next
		}
	}
	return out, inOrder(byDate)
}

// Wake ends the pause of every subscription that was paused until today or a day before, and returns their ids.
// Their next orders stay on the dates Coming said, because those are the dates people were told: an order that
// falls on the very day to which it was paused takes place, also when the day is noticed late.
func Wake(a Account, today Date) (Account, []string) {
	out := a
	out.Subscriptions = slices.Clone(a.Subscriptions)
	var ids []string
	for i := range out.Subscriptions {
		if s := &out.Subscriptions[i]; s.Status == Paused && !s.PausedUntil.IsZero() && !s.PausedUntil.After(today) {
			s.wake()
			ids = append(ids, s.ID)
		}
	}
	return out, ids
}

// wake ends a pause that has an end.
func (s *Subscription) wake() {
	coming := s.Coming()
	if s.Status, s.PausedUntil = Active, (Date{}); coming.IsZero() {
		return
	}
	if s.Next.IsZero() {
		s.Anchor = s.Interval.AnchorOf(coming)
	}
	s.Next = coming
}
