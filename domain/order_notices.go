package domain

import (
	"slices"
	"time"
)

// OrderNotice is what the merchant is told about an attempt (system 4).
type OrderNotice struct {
	Event   string // order.payment_success or order.payment_failure
	At      time.Time
	Payment PaymentID
}

// The events of an order's notices.
const (
	NoticeSuccess = "order.payment_success"
	NoticeFailure = "order.payment_failure"
)

// Notices are what the merchant is told: once for each attempt that was approved or ended badly, and again where
// what was given up was approved late. An approval that nobody has a use for is none, and one that waits for its
// group is none before that stands.
func (o *Order) Notices() []OrderNotice {
	var notices []OrderNotice
	told, letGo := map[string]string{}, map[string]bool{}
	for _, s := range o.Steps {
		if s.Machine != PaymentMachine.Name {
			continue
		}
		event := o.noticeOf(s, letGo[s.Subject])
		letGo[s.Subject] = letGo[s.Subject] || s.Row == "P14" || s.Row == "P48" && slices.Contains(held, s.From)
		if event == "" || told[s.Subject] == event {
			continue
		}
		told[s.Subject] = event
		notices = append(notices, OrderNotice{Event: event, At: s.At, Payment: PaymentID(s.Subject)})
	}
	return notices
}

// noticeOf is what a step of a payment means to the merchant, whose approval was let go before or not.
func (o *Order) noticeOf(s Step, letGo bool) string {
	switch {
	case s.Row == "P47" && slices.Contains(held, s.From):
		return NoticeSuccess
	case s.Row == "P14" || s.From == s.To || slices.Contains(moneyed, s.From) && !letGo:
		return ""
	}
	switch s.To {
	case PaymentCaptured, PaymentPartCaptured:
		return NoticeSuccess
	case PaymentAuthorized, PaymentPartAuthorized:
		if o.Payment(PaymentID(s.Subject)).Group == "" {
			return NoticeSuccess
		}
	case PaymentDeclined, PaymentFailed, PaymentExpired:
		return NoticeFailure
	case PaymentVoided:
		if letGo {
			return NoticeFailure
		}
	}
	return ""
}
