; universal preconditions
(define (domain lamps) (:requirements :typing :universal-preconditions :disjunctive-preconditions
    :equality)
  (:types lamp room) (:predicates (lit ?l - lamp) (of ?l - lamp ?r - room) (locked ?r - room))
  (:action turn-on :parameters (?l - lamp ?r - room) :precondition (and (of ?l ?r) (not (locked ?r)))
    :effect (lit ?l))
  (:action turn-off :parameters (?l - lamp) :precondition (lit ?l) :effect (not (lit ?l)))
  (:action lock :parameters (?r - room)
    :precondition (forall (?l - lamp) (imply (of ?l ?r) (not (lit ?l)))) :effect (locked ?r))
  (:action unlock :parameters (?r - room)
    :precondition (and (locked ?r) (forall (?s - room) (or (= ?s ?r) (locked ?s))))
    :effect (not (locked ?r))))

(define (problem lamps-1) (:domain lamps)
  (:objects l1 l2 l3 - lamp hall den - room)
  (:init (of l1 hall) (of l2 hall) (of l3 den) (lit l1) (lit l3))
  (:goal (and)))
