package server

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
)

func (s *Server) me(c *call) (any, error) {
	if c.shop() == "" {
		return postscript.Me{ResourceID: c.caller.TokenID, ResourceName: c.caller.Partner, ResourceType: postscript.ResourcePartner}, nil
	}
	shop, err := s.o.Texting.ShopNamed(c.Context(), c.shop())
	return postscript.Me{ResourceID: shop.ID, ResourceName: shop.Name, ResourceType: postscript.ResourceShop}, err
}

// event takes in a custom event. Whom it concerns is looked up after the answer, by id, then number, then e-mail.
func (s *Server) event(c *call) (any, error) {
	var in postscript.Event
	if err := c.body(&in); err != nil {
		return nil, err
	}
	if err := in.Check(); err != nil {
		return nil, err
	}
	f := texting.FireInput{
		Engine: texting.EngineFlow, TriggerID: in.Type, Sender: c.caller.Sender(), SubscriberID: in.SubscriberID,
		Email: strings.ToLower(strings.TrimSpace(in.Email)), ExternalID: s.once(in.Type, in.ExternalID), Properties: flat(in.Properties),
	}
	if f.SubscriberID != "" && !strings.HasPrefix(f.SubscriberID, postscript.PrefixSubscriber) {
		f.SubscriberID = postscript.PrefixSubscriber + f.SubscriberID // an old id
	}
	if phone, err := subscription.ParsePhone(in.Phone, "US"); err == nil {
		f.Phone = string(phone) // a number that is none matches nobody; that shows only after the 202
	}
	if in.OccurredAt != "" {
		at, err := postscript.ParseOccurredAt(in.OccurredAt)
		if err != nil {
			return nil, fault.From(fault.Invalid, err, "The time of the event cannot be read.")
		}
		f.OccurredAt = at
	}
	if err := c.about(s.phoneOf(c, f)); err != nil {
		return nil, err
	}
	id, err := s.o.Texting.Fire(c.Context(), c.shop(), f)
	return postscript.EventAnswer{EventIDs: []string{id}}, err
}

// phoneOf returns the number an event is about, for the failures that reserved numbers order; "" if not known.
func (s *Server) phoneOf(c *call, f texting.FireInput) string {
	if f.SubscriberID != "" {
		if sub, err := s.o.Texting.FindSubscriber(c.Context(), c.shop(), f.SubscriberID); err == nil {
			return sub.Phone
		}
	}
	return f.Phone
}

// flat makes text of the values of properties; null ones are left out.
func flat(in map[string]any) map[string]string {
	out := make(map[string]string, len(in))
	for name, v := range in {
		switch x := v.(type) {
		case nil:
		case string:
			out[name] = x
		case json.Number:
			out[name] = x.String()
		case bool:
			out[name] = strconv.FormatBool(x)
		default:
			out[name] = fmt.Sprint(x)
		}
	}
	return out
}

func (s *Server) requestMessage(c *call) (any, error) {
	var in postscript.MessageRequest
	if err := c.body(&in); err != nil {
		return nil, err
	}
	if in.MediaURL != "" {
		return nil, fault.Field("media_url", "Pictures are not carried: leave media_url out.")
	}
	req := texting.MessageRequest{SubscriberID: in.SubscriberID, Phone: in.Phone, Country: in.Country, Body: in.Body, Category: string(in.Category)}
	if in.ScheduledAt != nil {
		req.ScheduledAt = in.ScheduledAt.Time
	}
	sub, err := s.recipient(c, in)
	if err == nil {
		err = c.about(sub.Phone)
	}
	if err != nil {
		return nil, err
	}
	m, err := s.o.Texting.RequestMessage(c.Context(), c.shop(), req)
	if err != nil {
		return nil, err
	}
	return s.wireMessage(c, m)
}

func (s *Server) recipient(c *call, in postscript.MessageRequest) (texting.Subscriber, error) {
	if in.SubscriberID == "" && in.Phone != "" && in.Country != "" {
		if e164, err := subscription.ParsePhone(in.Phone, in.Country); err == nil {
			in.Phone = string(e164)
		}
	}
	return s.o.Texting.LookUpSubscriber(c.Context(), c.shop(), in.SubscriberID, in.Phone, "")
}

func (s *Server) getRequest(c *call) (any, error) {
	m, err := s.o.Texting.Message(c.Context(), c.shop(), c.PathValue("id"))
	if err == nil && m.Kind != texting.KindAPI {
		err = errNoMessage
	}
	if err != nil {
		return nil, err
	}
	return s.wireMessage(c, m)
}

var errNoMessage = fault.New(fault.NotFound, "There is no such message.")

// Ids of a message request and of the message it became differ in their prefix alone.
const (
	prefixRequest = "mr_"
	prefixSent    = "sm_"
)

func (s *Server) getSent(c *call) (any, error) {
	id, ok := strings.CutPrefix(c.PathValue("id"), prefixSent)
	if !ok {
		return nil, errNoMessage
	}
	m, err := s.o.Texting.Message(c.Context(), c.shop(), prefixRequest+id)
	if err != nil {
		return nil, err
	}
	sent := wireSent(m)
	if sent == nil {
		return nil, errNoMessage
	}
	return sent, nil
}

// wireMessage is a message request as the API shows it: the body as it was asked for, and the text with the
// shop's name under sent_message, once it was sent.
func (s *Server) wireMessage(c *call, m texting.Message) (any, error) {
	shop, err := s.o.Texting.ShopNamed(c.Context(), c.shop())
	if err != nil {
		return nil, err
	}
	out := postscript.Message{
		ID: m.ID, Body: strings.TrimPrefix(m.Body, shop.Name+": "), Category: postscript.Category(m.Category),
		CreatedAt: wireTime(m.CreatedAt), UpdatedAt: wireTime(m.CreatedAt), Phone: postscript.Optional(m.Phone),
		SubscriberID: postscript.Optional(m.SubscriberID), SentMessage: wireSent(m), Status: s.messageStatus(m),
	}
	if out.SentMessage != nil {
		out.UpdatedAt = wireTime(m.SentAt)
	}
	if m.DueAt.After(m.CreatedAt) && out.SentMessage == nil {
		out.ScheduledAt = wireTime(m.DueAt)
	}
	return out, nil
}

// messageStatus is a state in the API's words. Only the first two are published.
func (s *Server) messageStatus(m texting.Message) string {
	switch m.State {
	case texting.Waiting:
		if m.Held || m.DueAt.After(s.o.Now().Add(time.Second)) {
			return postscript.MessageScheduled
		}
		return postscript.MessageProcessing
	case texting.SendingNow:
		return postscript.MessageProcessing
	case texting.Failed, texting.Suppressed:
		return "failed"
	}
	return "sent"
}

// wireSent is a message that went out, nil before.
func wireSent(m texting.Message) *postscript.SentMessage {
	if m.Kind != texting.KindAPI || m.State != texting.Sent && m.State != texting.Delivered && m.State != texting.Unknown {
		return nil
	}
	return &postscript.SentMessage{
		ID: prefixSent + strings.TrimPrefix(m.ID, prefixRequest), Body: m.Body, CreatedAt: wireTime(m.SentAt), CreditsUsed: m.Segments,
		Phone: m.Phone, ShopID: m.ShopID, SubscriberID: m.SubscriberID,
	}
}

func (s *Server) unsubscribe(c *call) (any, error) {
	var in postscript.UnsubscribeRequest
	if err := c.body(&in); err != nil {
		return nil, err
	}
	return accepted, s.o.Texting.Unsubscribe(c.Context(), c.shop(), in.PostscriptSubscriberID, in.PhoneNumber, "api")
}

func (s *Server) redact(c *call) (any, error) {
	var in struct {
		postscript.RedactRequest
		ShopifyCustomerID postscript.ShopifyID `json:"shopify_customer_id"` // text or number
	}
	if err := c.body(&in); err != nil {
		return nil, err
	}
	return accepted, s.o.Texting.Redact(c.Context(), c.shop(), texting.RedactInput{
		SubscriberID: in.PostscriptSubscriberID, ShopifyID: int64(in.ShopifyCustomerID), Email: in.Email, Phone: in.PhoneNumber,
	})
}

var accepted = postscript.OK{Message: "OK"}
