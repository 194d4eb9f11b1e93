; actions and predicates without parameters
(define (domain signals) (:requirements :strips :negative-preconditions) (:predicates (red) (amber) (green))
  (:action stop :parameters () :precondition (amber) :effect (and (red) (not (amber)) (not (green))))
  (:action ready :parameters () :precondition (red) :effect (amber))
  (:action go :parameters () :precondition (and (red) (amber))
    :effect (and (green) (not (red)) (not (amber))))
  (:action slow :parameters () :precondition (and (green) (not (red)))
    :effect (and (amber) (not (green)))))

(define (problem signals-1) (:domain signals)
  (:objects) (:init (red))
  (:goal (and)))
