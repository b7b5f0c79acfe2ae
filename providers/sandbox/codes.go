package sandbox

// end is how a call with some response code ended.
type end int

const (
	taken    end = iota // done
	begun               // taken, and not decided yet
	refused             // they said no
	notTaken            // refused as invalid before it was taken
	running             // another call under its key has not been answered yet
	broken              // it broke down: nobody knows
)

// The codes that the engine gives by itself.
const (
	approvedCode        = "10000"
	flaggedCode         = "10100"
	waitsForCustomer    = "action_required"
	waitsForGateway     = "pending"
	threeDSBroken       = "20153"
	wantsThreeDS        = "20154"
	notAuthenticated    = "authentication_failed"
	authRejected        = "authentication_rejected"
	notPaid             = "not_paid"
	incrementNotAllowed = "increment_not_allowed"
	captureNotAllowed   = "capture_not_allowed"
	captureTooLarge     = "capture_value_greater_than_remaining_authorized"
	voidNotAllowed      = "void_not_allowed"
	voidAmountInvalid   = "void_amount_invalid"
	reverseNotAllowed   = "reverse_not_allowed"
	refundNotAllowed    = "refund_not_allowed"
	refundTooLarge      = "refund_amount_exceeds_balance"
	refundNotCancelable = "refund_not_cancelable"
	refundSentBack      = "refund_sent_back"
	noSuchPayment       = "payment_not_found"
	noSuchMandate       = "mandate_not_found"
	mandateInactive     = "mandate_not_active"
	mandateStays        = "mandate_revoke_failed"
	sessionInvalid      = "session_invalid"
	amountInvalid       = "amount_invalid"
	currencyInvalid     = "currency_invalid"
	currencyMismatch    = "currency_mismatch"
	keyRequired         = "idempotency_key_required"
	keyConflict         = "409"
	referenceRequired   = "reference_required"
	cardRequired        = "card_required"
	cvvInvalid          = "cvv_invalid"
	expiryInvalid       = "expiry_invalid"
	bicInvalid          = "bic_invalid"
	tokenInvalid        = "token_invalid"
	tokenUsed           = "token_used"
	tokenExpired        = "token_expired"
	sourceInvalid       = "source_invalid"
	sourceGone          = "source_removed"
	noSource            = "customer_has_no_source"
	payeeMissing        = "payout_recipient_missing"
	nameMissing         = "payout_name_missing"
	ibanMissing         = "payout_account_missing"
	noSuchPayout        = "payout_not_found"
	payoutExists        = "payout_exists"
	payoutNotOpen       = "payout_not_open"
	payoutRejected      = "payout_rejected"
	payoutNotCollected  = "payout_not_collected"
	payoutSentBack      = "payout_sent_back"
	unsupported         = "operation_not_supported"
	operationDeclined   = "operation_declined"
	keyRunning          = "key_running"
	tooManyCalls        = "too_many_requests"
	serverError         = "server_error"
	connectionRefused   = "connection_refused"

	noSuchDispute            = "dispute_not_found"
	disputeOver              = "dispute_closed"
	disputeUnderReview       = "dispute_under_review"
	disputeNotAllowed        = "dispute_action_not_allowed"
	preArbitrationNotAllowed = "pre_arbitration_not_allowed"
	evidenceRequired         = "evidence_required"
	alreadyRefunded          = "already_refunded"
)

// code is what a response code means. The class is that of a decline.
type code struct {
	end      end
	class    string
	sentence string
	status   int // of HTTP, for the wire
}

// codes has every code that the sandbox gives, in the words of Checkout.com's reference.
var codes = map[string]code{
	approvedCode: {taken, "", "Approved", 201},
	flaggedCode:  {taken, "", "Approved, flagged by risk rules", 201},

	waitsForCustomer: {begun, "", "The customer has something to do first", 202},
	waitsForGateway:  {begun, "", "Accepted, and not decided yet", 202},

	"20005": {refused, "soft", "Declined: do not honour", 201},
	"20012": {refused, "soft", "Invalid transaction", 201},
	"20014": {refused, "soft", "Invalid card number", 201},
	"20051": {refused, "soft", "Insufficient funds", 201},
	"20054": {refused, "soft", "Expired card", 201},
	"20062": {refused, "soft", "Restricted card", 201},
	"20063": {refused, "soft", "Security violation", 201},
	"20068": {refused, "soft", "Response received too late", 201},
	"20087": {refused, "soft", "Bad track data or wrong CVV", 201},
	"20153": {refused, "soft", "3DS system malfunction", 201},
	"20154": {refused, "soft", "3DS authentication required", 201},
	"30033": {refused, "hard", "Expired card, pick up", 201},
	"30041": {refused, "hard", "Lost card, pick up", 201},
	"30043": {refused, "hard", "Stolen card, pick up", 201},
	"40101": {refused, "risk", "Payment blocked by risk rules", 201},
	"200R1": {refused, "recurring_stop", "Do not charge this mandate again", 201},

	notAuthenticated: {refused, "authentication", "The customer could not be authenticated", 201},
	authRejected:     {refused, "authentication", "The customer's bank rejects the authentication", 201},
	notPaid:          {refused, "hard", "It was not paid", 201},
	mandateInactive:  {refused, "hard", "The mandate is not active", 201},

	operationDeclined:   {refused, "", "The bank said no", 201},
	incrementNotAllowed: {refused, "", "There is no hold to add to", 403},
	captureNotAllowed:   {refused, "", "There is no hold to capture", 403},
	captureTooLarge:     {refused, "", "The capture is larger than the hold", 422},
	voidNotAllowed:      {refused, "", "There is no hold to void", 403},
	voidAmountInvalid:   {refused, "", "Only the whole hold can be voided", 422},
	reverseNotAllowed:   {refused, "", "Only a whole capture of the same day, nothing of it refunded or disputed, can be reversed", 403},
	refundNotAllowed:    {refused, "", "Nothing has been captured that could be refunded", 403},
	refundTooLarge:      {refused, "", "The refund is larger than what was captured and not yet refunded or disputed", 422},
	refundNotCancelable: {refused, "", "The refund's money has left, or there is no such refund", 403},
	refundSentBack:      {refused, "", "The customer's bank sent the refund back", 201},
	noSuchPayment:       {refused, "", "There is no such payment", 404},
	noSuchMandate:       {refused, "", "There is no such mandate", 404},
	mandateStays:        {refused, "", "The mandate could not be revoked", 502},

	payeeMissing:       {taken, "", "The recipient's name and account are missing", 201},
	nameMissing:        {taken, "", "The recipient's name is missing", 201},
	ibanMissing:        {taken, "", "An account that the money can be sent to is missing", 201},
	noSuchPayout:       {refused, "", "There is no such payout", 404},
	payoutExists:       {refused, "", "The payout is there already", 409},
	payoutNotOpen:      {refused, "", "The payout has been sent, or is over", 403},
	payoutRejected:     {refused, "", "The recipient's bank rejected the payout", 201},
	payoutNotCollected: {refused, "", "Nobody collected the payout in time", 201},
	payoutSentBack:     {refused, "", "The recipient's bank sent the payout back", 201},

	connectionRefused: {notTaken, "", "The connection was refused", 0},
	tooManyCalls:      {notTaken, "", "There were too many requests", 429},
	keyRunning:        {running, "", "A call under this idempotency key is still running", 409},
	serverError:       {broken, "", "The gateway broke down", 500},

	amountInvalid:     {notTaken, "", "The amount is not valid", 422},
	currencyInvalid:   {notTaken, "", "The currency is not valid", 422},
	currencyMismatch:  {notTaken, "", "The payment is in another currency", 422},
	keyRequired:       {notTaken, "", "An idempotency key is required", 422},
	keyConflict:       {notTaken, "", "The idempotency key was used for something else", 409},
	referenceRequired: {notTaken, "", "A payment reference is required", 422},
	cardRequired:      {notTaken, "", "A card is required", 422},
	cvvInvalid:        {notTaken, "", "The CVV has the wrong length", 422},
	expiryInvalid:     {notTaken, "", "The expiry is not a month", 422},
	bicInvalid:        {notTaken, "", "The BIC has 8 or 11 characters, such as INGBNL2A", 422},
	tokenInvalid:      {notTaken, "", "There is no such token", 422},
	tokenUsed:         {notTaken, "", "The token has been used", 422},
	tokenExpired:      {notTaken, "", "The token is older than 15 minutes", 422},
	sourceInvalid:     {notTaken, "", "There is no such source", 422},
	sourceGone:        {notTaken, "", "The source has been removed", 422},
	noSource:          {notTaken, "", "The customer has no source", 422},
	sessionInvalid:    {notTaken, "", "The payment has no such session", 422},
	unsupported:       {notTaken, "", "The sandbox can't do that", 422},

	noSuchDispute:            {refused, "", "There is no such dispute", 404},
	disputeOver:              {refused, "", "The dispute is over", 403},
	disputeUnderReview:       {refused, "", "The dispute was answered, and it is the other side's turn", 403},
	disputeNotAllowed:        {refused, "", "The dispute is not at a stage for that", 403},
	preArbitrationNotAllowed: {refused, "", "Only Visa's fraud and authorization reasons (10 and 11) go straight to pre-arbitration", 403},
	evidenceRequired:         {notTaken, "", "At least one document of evidence is required", 422},

	// what a dispute was resolved for
	alreadyRefunded: {taken, "", "The money had been refunded already", 201},
	resolvedByRDR:   {taken, "", "Settled by rapid dispute resolution: the cardholder keeps the money", 201},
}
